package io.visionops.ingest.internal.health;

import io.visionops.api.camera.CameraState;
import io.visionops.api.camera.CameraStatus;
import io.visionops.api.time.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How old the newest frame of each camera is, by the monotonic clock: the one of the wall may leap.
 * Used by one thread.
 */
final class FrameAges {

    private record Seen(Optional<Instant> frame, long at) {}

    private final Ticker ticker;
    private final Map<String, Seen> seen = new HashMap<>();

    FrameAges(Ticker ticker) {
        this.ticker = ticker;
    }

    /**
     * @param isPaced frames come by themselves; a file that is read in order waits for who looks
     */
    Duration of(CameraStatus status, boolean isPaced) {
        long now = ticker.nanos();
        boolean streaming =
                status.state() == CameraState.STREAMING || status.state() == CameraState.DEGRADED;
        Seen before = seen.get(status.camera());
        if (before == null
                || !streaming
                || !isPaced
                || !before.frame().equals(status.lastFrame())) {
            seen.put(status.camera(), new Seen(status.lastFrame(), now));
            return Duration.ZERO;
        }
        return Duration.ofNanos(now - before.at());
    }

    /** Forgets all others. */
    void retain(Set<String> cameras) {
        seen.keySet().retainAll(cameras);
    }
}
