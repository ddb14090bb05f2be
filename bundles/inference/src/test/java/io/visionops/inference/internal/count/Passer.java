package io.visionops.inference.internal.count;

import io.visionops.api.detect.Detection;
import io.visionops.api.geometry.Box;
import io.visionops.inference.internal.track.Track;
import io.visionops.inference.internal.track.Tracker;
import java.util.List;
import java.util.UUID;

/** A person of a fifth of the picture's height, as lines and zones are told of one. */
final class Passer {

    static final double ASPECT = 1;
    static final double TALL = 0.2;

    private Passer() {}

    static CountEvents events() {
        return new CountEvents("street", () -> new UUID(0, 1));
    }

    /** What the tracker would say of it; where it stands does not matter. */
    static Track track() {
        Tracker tracker = new Tracker(0.5, ASPECT);
        Detection person = new Detection("person", 0.8, new Box(0.4, 0.4, 0.5, 0.6));
        List<Track> tracks = List.of();
        for (int frame = 1; tracks.isEmpty(); frame++) {
            tracks = tracker.update(List.of(person), 0.1, frame);
        }
        return tracks.get(0);
    }
}
