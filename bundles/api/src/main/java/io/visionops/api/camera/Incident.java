package io.visionops.api.camera;

import java.time.Instant;
import java.util.List;

/**
 * One cause for the loss of several cameras, which goes on.
 *
 * @param since when the first was lost, or this computer stood still
 * @param cameras lost by it, some of which may be back; ordered by name; may be empty when this
 *     computer stood still
 * @param words what is lost, what is suspected and what to look at; one line
 */
public record Incident(Instant since, List<String> cameras, String words) {

    public Incident {
        cameras = List.copyOf(cameras);
    }
}
