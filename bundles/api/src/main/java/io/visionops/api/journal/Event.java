package io.visionops.api.journal;

import io.visionops.api.geometry.Box;
import io.visionops.api.subject.Subject;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Something that happened at a camera, in a part or to several at once.
 *
 * @param id time-ordered (UUID version 7); makes replays and delivery idempotent
 * @param subject what it happened to
 * @param score of the object, 0..1; 0 where there is none
 * @param track identity of the object within the camera
 * @param detail free words, for example the cause of a lost camera; searchable
 */
public record Event(
        UUID id,
        Type type,
        Subject subject,
        Severity severity,
        Instant time,
        Optional<String> label,
        double score,
        OptionalLong track,
        Optional<Box> box,
        Optional<String> line,
        Optional<String> zone,
        Optional<Direction> direction,
        String detail) {

    /** An event without an object: of a part, a machine, a camera's state. */
    public static Event of(
            UUID id, Type type, Subject subject, Severity severity, Instant time, String detail) {
        return new Event(
                id,
                type,
                subject,
                severity,
                time,
                Optional.empty(),
                0,
                OptionalLong.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                detail);
    }

    /** The camera that it happened at; empty for another subject. */
    public String camera() {
        return subject.kind().equals(Subject.CAMERA) ? subject.name() : "";
    }

    /**
     * What happened, stored and shown by this word. Open: the journal takes types that it has never
     * heard of.
     *
     * @param word lower-case letters, digits and dashes, 64 at most
     */
    public record Type(String word) {

        private static final Pattern WORD = Pattern.compile("[a-z][a-z0-9-]{0,63}");

        public static final Type CROSSING = new Type("crossing");
        public static final Type ZONE_ENTERED = new Type("zone-entered");
        public static final Type ZONE_LEFT = new Type("zone-left");
        public static final Type LOITERING = new Type("loitering");
        public static final Type OVERCROWDED = new Type("overcrowded");
        public static final Type CAMERA_STATE = new Type("camera-state");

        /** A camera is lost for a cause that waiting does not cure: a person is needed. */
        public static final Type CAMERA_ALERT = new Type("camera-alert");

        /** Several cameras are lost for one cause, or it is over; the detail names them. */
        public static final Type INCIDENT = new Type("incident");

        /**
         * Another level of service holds for a camera; the detail says who asked for it and why.
         */
        public static final Type LEVEL_CHANGED = new Type("level-changed");

        /**
         * Another detector stands in for the one of a camera, which fails, or that is over; the
         * detail says which and why.
         */
        public static final Type DETECTOR_CHANGED = new Type("detector-changed");

        public Type {
            if (!WORD.matcher(word).matches()) {
                throw new IllegalArgumentException(
                        "no type of event: '" + word + "'; allowed are a-z, 0-9 and -, up to 64");
            }
        }
    }

    /** Which way a line was crossed; left to right of the directed line is {@code IN}. */
    public enum Direction {
        IN("in"),
        OUT("out");

        private final String word;

        Direction(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }
}
