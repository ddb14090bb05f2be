package io.visionops.inference.internal.handover;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.visionops.inference.internal.count.CounterState;
import io.visionops.inference.internal.track.TrackerState;
import io.visionops.support.json.HandoverJson;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The JSON of this package. Thread-safe. */
final class Documents {

    private final ObjectMapper json = HandoverJson.mapper();

    String write(Object document) throws JsonProcessingException {
        return json.writeValueAsString(document);
    }

    int version(byte[] document) throws IOException {
        return HandoverJson.version(json, document);
    }

    <T> T read(String text, Class<T> kind) throws JsonProcessingException {
        T document = json.readValue(text, kind);
        if (document == null) {
            throw new IllegalArgumentException("an empty document");
        }
        return document;
    }

    String write(CameraMemory memory) throws JsonProcessingException {
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
    CameraMemory readMemory(String text) throws JsonProcessingException {
        MemoryDocument document = read(text, MemoryDocument.class);
        try {
            return new CameraMemory(
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
}
