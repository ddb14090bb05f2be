package io.visionops.shell.internal.json;

import io.visionops.api.journal.Fact;
import io.visionops.api.query.FrameTracks;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The objects in one analysed frame. */
public record TracksRow(String camera, long frame, Instant time, List<TrackRow> tracks) {

    /**
     * One object.
     *
     * @param box {@code x1, y1, x2, y2} relative to the picture
     */
    public record TrackRow(
            long track, String label, @Nullable Double score, List<@Nullable Double> box) {

        static TrackRow of(Fact.Tracked tracked) {
            return new TrackRow(
                    tracked.track(),
                    tracked.label(),
                    Json.round(tracked.score(), 3),
                    Json.box(tracked.box()));
        }
    }

    public static TracksRow of(FrameTracks frame) {
        return new TracksRow(
                frame.camera(),
                frame.frame(),
                frame.time(),
                frame.tracks().stream().map(TrackRow::of).toList());
    }
}
