package io.visionops.support.json;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import com.fasterxml.jackson.databind.type.TypeFactory;
import com.fasterxml.jackson.databind.util.LRUMap;
import com.fasterxml.jackson.databind.util.StdConverter;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.visionops.api.journal.Event;
import io.visionops.api.journal.Fact;
import io.visionops.api.journal.JournalRecord;
import io.visionops.api.subject.Actor;
import io.visionops.api.subject.Subject;
import java.io.IOException;

/**
 * JSON of what a part leaves to its successor: records, times as ISO 8601, facts by name. A field
 * that is not known is passed over, so that a part can be rolled back.
 */
public final class HandoverJson {

    private static final int TYPES = 64;

    private HandoverJson() {}

    /** A mapper that keeps no class of a bundle beyond itself. Thread-safe. */
    public static ObjectMapper mapper() {
        return JsonMapper.builder()
                // The library's own cache outlives the bundle and would keep its classes.
                .typeFactory(TypeFactory.defaultInstance().withCache(new LRUMap<>(TYPES, TYPES)))
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                .addModule(new Jdk8Module())
                .addModule(new JavaTimeModule())
                .addMixIn(Fact.class, Names.class)
                .addMixIn(Event.class, AsEventForm.class)
                .addMixIn(Subject.class, AsSubjectText.class)
                .addMixIn(Actor.class, AsActorText.class)
                .build();
    }

    /**
     * The version that a document names in the field {@code version}, whatever else is in it.
     *
     * @throws IOException when it is no whole document, or names none
     */
    public static int version(ObjectMapper json, byte[] document) throws IOException {
        JsonNode version =
                json.reader()
                        .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                        .readTree(document)
                        .path("version");
        if (!version.isInt() || version.intValue() < 1) {
            throw new IOException("it names no version");
        }
        return version.intValue();
    }

    /** Of the facts in a document; they stay as they are, since other versions read them. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind-of-fact")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Fact.Account.class, name = "account"),
        @JsonSubTypes.Type(value = Fact.Counters.class, name = "counters"),
        @JsonSubTypes.Type(value = Fact.Crossing.class, name = "crossing"),
        @JsonSubTypes.Type(value = Fact.Expected.class, name = "expected"),
        @JsonSubTypes.Type(value = Fact.Measured.class, name = "measured"),
        @JsonSubTypes.Type(value = Fact.Occupancy.class, name = "occupancy"),
        @JsonSubTypes.Type(value = JournalRecord.class, name = "record"),
        @JsonSubTypes.Type(value = Fact.Snapshot.class, name = "snapshot"),
        @JsonSubTypes.Type(value = Fact.StateChange.class, name = "state"),
        @JsonSubTypes.Type(value = Fact.Tracks.class, name = "tracks"),
        @JsonSubTypes.Type(value = Fact.Watched.class, name = "watched")
    })
    private interface Names {}

    @JsonSerialize(converter = EventForm.Writing.class)
    @JsonDeserialize(converter = EventForm.Reading.class)
    private interface AsEventForm {}

    @JsonSerialize(using = ToStringSerializer.class)
    @JsonDeserialize(converter = SubjectText.class)
    private interface AsSubjectText {}

    @JsonSerialize(using = ToStringSerializer.class)
    @JsonDeserialize(converter = ActorText.class)
    private interface AsActorText {}

    /** {@code camera/front}. */
    static final class SubjectText extends StdConverter<String, Subject> {
        @Override
        public Subject convert(String text) {
            return Subject.parse(text);
        }
    }

    /** {@code user/anna}. */
    static final class ActorText extends StdConverter<String, Actor> {
        @Override
        public Actor convert(String text) {
            return Actor.parse(text);
        }
    }
}
