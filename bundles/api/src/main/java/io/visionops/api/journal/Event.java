package io.visionops.api.journal;

import io.visionops.api.geometry.Box;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * Something that happened at a camera, or to several at once.
 *
 * @param id time-ordered (UUID version 7); makes replays and delivery idempotent
 * @param score of the object, 0..1; 0 where there is none
 * @param track identity of the object within the camera
 * @param detail free words, for example the cause of a lost camera; searchable
 */
public record Event(
        UUID id,
        Type type,
        String camera,
        Instant time,
        Optional<String> label,
        double score,
        OptionalLong track,
        Optional<Box> box,
        Optional<String> line,
        Optional<String> zone,
        Optional<Direction> direction,
        String detail) {

    /** Stored and shown by these words. */
    public enum Type {
        CROSSING("crossing"),
        ZONE_ENTERED("zone-entered"),
        ZONE_LEFT("zone-left"),
        LOITERING("loitering"),
        OVERCROWDED("overcrowded"),
        CAMERA_STATE("camera-state"),
        /** A camera is lost for a cause that waiting does not cure: a person is needed. */
        CAMERA_ALERT("camera-alert"),
        /**
         * Several cameras are lost for one cause, or it is over; the detail names them. The camera
         * of the event is empty.
         */
        INCIDENT("incident");

        private final String word;

        Type(String word) {
            this.word = word;
        }

        public String word() {
            return word;
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
