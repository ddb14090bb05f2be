package io.visionops.api.journal;

import io.visionops.api.geometry.Box;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A typed row that is written together with an event, or on its own. */
public sealed interface Fact {

    String camera();

    /** One more crossing; counted in the minute that {@code time} lies in. */
    record Crossing(
            String camera, Instant time, String line, String label, Event.Direction direction)
            implements Fact {}

    /**
     * A stretch of time in which a camera was watched, split into minutes by the store. Stretches
     * of one kind do not overlap.
     */
    record Watched(String camera, Kind kind, Instant from, Duration length) implements Fact {

        /** What is claimed of the time. */
        public enum Kind {
            /** Frames arrived. */
            STREAMING,
            /** Frames were analysed, or gated because nothing moved. */
            ANALYSED
        }
    }

    /**
     * How many objects stood in a zone for how long; summed and compared within each minute. Time
     * without any need not be told.
     */
    record Occupancy(
            String camera, Instant from, Duration length, String zone, String label, int objects)
            implements Fact {}

    /** The objects in one analysed frame. Frames without objects are not recorded. */
    record Tracks(String camera, long frame, Instant time, List<Tracked> objects) implements Fact {

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
            implements Fact {

        public Counters {
            lines = List.copyOf(lines);
            zones = List.copyOf(zones);
            labels = List.copyOf(labels);
        }
    }

    /** One object in one frame. */
    record Tracked(long track, String label, double score, Box box) {}

    /** The picture of the event that it is written with. The bytes are not copied. */
    record Snapshot(String camera, byte[] jpeg) implements Fact {}
}
