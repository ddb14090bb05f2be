package io.visionops.api.camera;

import java.time.Instant;
import java.util.Optional;

/**
 * A camera is in another state now, or in the same one for another reason.
 *
 * @param since when it entered the state
 * @param fault why it does not stream, or what is wrong with its pictures or their analysis
 */
public record CameraChange(String camera, CameraState state, Instant since, Optional<Fault> fault) {

    /** Whether pictures come, whatever they show. */
    public boolean isOnline() {
        return state == CameraState.STREAMING || state == CameraState.DEGRADED;
    }
}
