package io.visionops.inference.internal.count;

import io.visionops.api.camera.Analysis;
import io.visionops.api.journal.Event;
import io.visionops.inference.internal.track.Track;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/** Counts at the lines and in the zones of one camera. Used by one thread. */
public final class Counter {

    /**
     * @param camera whose events are made
     * @param settings lines, zones, objects and the score that count
     * @param aspect width by height of the picture in pixels
     * @param ids makes the ids of events
     */
    public Counter(String camera, Analysis settings, double aspect, Supplier<UUID> ids) {}

    /**
     * Takes the objects of a frame.
     *
     * @param tracks confirmed objects as the tracker reported them
     * @param seconds since the previous frame, as given to the tracker
     * @param time of the frame, for the events
     * @return what happened, in this order: crossings, entered, left, loitering, overcrowded; valid
     *     until the next call
     */
    public List<Event> update(List<Track> tracks, double seconds, Instant time) {
        return List.of();
    }

    /**
     * How many stand in the zones since the last update: every zone with every label that was seen
     * in it, 0 included. The same list as long as nothing changes.
     */
    public List<ZoneCount> occupancy() {
        return List.of();
    }

    /** What it knows now. */
    public CounterState save() {
        return new CounterState(CounterState.VERSION);
    }

    /**
     * Goes on from a saved state; what is said of lines and zones that are no more is passed over.
     *
     * @throws IllegalArgumentException when the state's version is not known
     */
    public void restore(CounterState state) {
        if (state.version() != CounterState.VERSION) {
            throw new IllegalArgumentException(
                    "counter state of version " + state.version() + ", known is 1");
        }
    }
}
