package io.visionops.api.query;

import io.visionops.api.journal.Fact;
import java.time.Instant;
import java.util.List;

/** The objects in one analysed frame. */
public record FrameTracks(String camera, long frame, Instant time, List<Fact.Tracked> tracks) {

    public FrameTracks {
        tracks = List.copyOf(tracks);
    }
}
