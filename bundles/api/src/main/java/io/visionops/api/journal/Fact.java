package io.visionops.api.journal;

import io.visionops.api.camera.CameraState;
import io.visionops.api.camera.Cause;
import io.visionops.api.geometry.Box;
import io.visionops.api.subject.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A row that is written together with an event, or on its own. */
public sealed interface Fact permits Fact.OfCamera, JournalRecord {

    Subject subject();

    /** A typed row about a camera. */
    sealed interface OfCamera extends Fact {

        String camera();

        @Override
        default Subject subject() {
            return Subject.camera(camera());
        }
    }

    /** One more crossing; counted in the minute that {@code time} lies in. */
    record Crossing(
            String camera, Instant time, String line, String label, Event.Direction direction)
            implements OfCamera {}

    /**
     * A stretch of time in which a camera's frames were analysed, or gated because nothing moved,
     * told by the analysis; what the camera showed is told by {@link Account}.
     */
    record Watched(String camera, Instant from, Duration length) implements OfCamera {}

    /** How much of a stretch of time a camera showed. */
    enum Sight {
        /** All of it. */
        WATCHED("watched"),
        /** Some of it, or a picture of less use than it should be. */
        DEGRADED("degraded"),
        /** Nothing of it. */
        BLIND("blind");

        private final String word;

        Sight(String word) {
            this.word = word;
        }

        /** Stored and shown by this word. */
        public String word() {
            return word;
        }
    }

    /**
     * What became of a stretch of a camera's time, told by whoever reads the camera. A later
     * account of the same time replaces an earlier one, so what is learnt afterwards (the picture
     * has stood still for ten seconds) is told again, and a clock that was set back books no time
     * twice. Time that is expected ({@link Expected}) and that nobody gives account of is one in
     * which VisionOps did not run.
     *
     * @param cause what was wrong, such as {@code timeout}; empty when {@code WATCHED}
     * @param length at most one day
     * @param seen how much of {@code length} was seen: all when {@code WATCHED}, nothing when
     *     {@code BLIND}
     */
    record Account(
            String camera, Sight sight, String cause, Instant from, Duration length, Duration seen)
            implements OfCamera {

        public static Account watched(String camera, Instant from, Duration length) {
            return new Account(camera, Sight.WATCHED, "", from, length, length);
        }

        public static Account blind(String camera, String cause, Instant from, Duration length) {
            return new Account(camera, Sight.BLIND, cause, from, length, Duration.ZERO);
        }
    }

    /**
     * From {@code time} on the camera is to be watched, or is not: it is disabled, removed, or a
     * file that has been read. Said at each start; to say it again changes nothing.
     */
    record Expected(String camera, Instant time, boolean expected) implements OfCamera {}

    /**
     * A camera is in another state; written with its event.
     *
     * @param detail what was seen of the cause; may be empty
     */
    record StateChange(
            String camera, Instant time, CameraState state, Optional<Cause> cause, String detail)
            implements OfCamera {}

    /** Figures of a camera's stream. */
    enum Metric {
        /** Of the camera's own stream, whatever is decoded of it; weighs milliseconds. */
        BITS_PER_SECOND("bits-per-second"),
        /**
         * By how many milliseconds one frame in twenty comes later than the pace of its stream;
         * weighs minutes.
         */
        LATE_MS("late-ms"),
        /** From a try to the first frame, in milliseconds; weighs reconnects. */
        CONNECT_MS("connect-ms");

        private final String word;

        Metric(String word) {
            this.word = word;
        }

        /** Stored by this word. */
        public String word() {
            return word;
        }
    }

    /**
     * What was measured within an hour; several of one hour become their weighted mean.
     *
     * @param at a time within the hour
     * @param weight positive; what it counts, {@link Metric} says
     */
    record Measured(String camera, Metric metric, Instant at, double value, long weight)
            implements OfCamera {}

    /**
     * How many objects stood in a zone for how long; summed and compared within each minute. Time
     * without any need not be told.
     */
    record Occupancy(
            String camera, Instant from, Duration length, String zone, String label, int objects)
            implements OfCamera {}

    /** The objects in one analysed frame. Frames without objects are not recorded. */
    record Tracks(String camera, long frame, Instant time, List<Tracked> objects)
            implements OfCamera {

        public Tracks {
            objects = List.copyOf(objects);
        }
    }

    /**
     * What is counted from {@code time} on: lines and zones that stand still exist, and a watched
     * one without a crossing counts 0. Written when an analysis starts and when its settings
     * change.
     *
     * @param labels that are counted and that the detector in use can find
     */
    record Counters(
            String camera,
            Instant time,
            List<String> lines,
            List<String> zones,
            List<String> labels)
            implements OfCamera {

        public Counters {
            lines = List.copyOf(lines);
            zones = List.copyOf(zones);
            labels = List.copyOf(labels);
        }
    }

    /** One object in one frame. */
    record Tracked(long track, String label, double score, Box box) {}

    /** The picture of the event that it is written with. The bytes are not copied. */
    record Snapshot(String camera, byte[] jpeg) implements OfCamera {}
}
