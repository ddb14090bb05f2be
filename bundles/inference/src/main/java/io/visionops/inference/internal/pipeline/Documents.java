package io.visionops.inference.internal.pipeline;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.TypeFactory;
import com.fasterxml.jackson.databind.util.LRUMap;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.visionops.api.journal.Fact;
import io.visionops.inference.internal.count.CounterState;
import io.visionops.inference.internal.track.TrackerState;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The JSON of this package. Thread-safe. */
final class Documents {

    private static final int TYPES = 64;

    private final ObjectMapper json;

    Documents() {
        json =
                JsonMapper.builder()
                        // The library's own cache outlives this bundle and would keep its classes.
                        .typeFactory(
                                TypeFactory.defaultInstance().withCache(new LRUMap<>(TYPES, TYPES)))
                        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                        .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                        .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                        .addModule(new Jdk8Module())
                        .addModule(new JavaTimeModule())
                        .addMixIn(Fact.class, Kinds.class)
                        .build();
    }

    String write(Object document) throws JsonProcessingException {
        return json.writeValueAsString(document);
    }

    <T> T read(String text, Class<T> kind) throws JsonProcessingException {
        T document = json.readValue(text, kind);
        if (document == null) {
            throw new IllegalArgumentException("an empty document");
        }
        return document;
    }

    String write(Memory memory) throws JsonProcessingException {
        return write(
                new MemoryDocument(
                        memory.sequence(),
                        memory.capturedAt().toString(),
                        memory.tracker(),
                        memory.counter(),
                        memory.detector()));
    }

    /**
     * @throws IllegalArgumentException when it is no memory
     */
    Memory readMemory(String text) throws JsonProcessingException {
        MemoryDocument document = read(text, MemoryDocument.class);
        try {
            return new Memory(
                    document.sequence(),
                    Instant.parse(document.capturedAt()),
                    Objects.requireNonNull(document.tracker(), "tracker"),
                    document.counter(),
                    document.detector(),
                    false);
        } catch (DateTimeException | NullPointerException e) {
            throw new IllegalArgumentException("no memory: " + e.getMessage(), e);
        }
    }

    private record MemoryDocument(
            long sequence,
            String capturedAt,
            TrackerState tracker,
            @Nullable CounterState counter,
            @Nullable String detector) {}

    /** Names of facts in a document. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind-of-fact")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Fact.Crossing.class, name = "crossing"),
        @JsonSubTypes.Type(value = Fact.Watched.class, name = "watched"),
        @JsonSubTypes.Type(value = Fact.Occupancy.class, name = "occupancy"),
        @JsonSubTypes.Type(value = Fact.Tracks.class, name = "tracks"),
        @JsonSubTypes.Type(value = Fact.Counters.class, name = "counters"),
        @JsonSubTypes.Type(value = Fact.Snapshot.class, name = "snapshot")
    })
    private interface Kinds {}
}
