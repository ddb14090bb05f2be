package io.visionops.ingest.internal.camera;

import io.visionops.api.camera.CameraState;
import io.visionops.api.camera.Fault;
import io.visionops.api.camera.Reconnect;
import io.visionops.ingest.internal.camera.Situation.Happening;
import io.visionops.ingest.internal.decoder.Diagnosis;
import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * The rules by which a camera's state changes: (situation, happening, time) to the next situation.
 *
 * <p>A failure leads to BACKOFF with a wait that doubles; more failures in a row than {@code
 * retries} lead to OFFLINE and a slow probe for ever. A permanent cause (wrong password, no such
 * stream) leads there as soon as every address has been tried. While OFFLINE is probed it stays
 * OFFLINE, so that a camera that is gone for a week is one entry in the journal and not two
 * thousand. Failures are forgotten after {@link #STABLE} of frames.
 */
final class Transitions {

    static final Duration STABLE = Duration.ofSeconds(30);

    /** Of the wait, either way: cameras that were lost together are not tried together. */
    private static final double JITTER = 0.2;

    private final Reconnect reconnect;
    private final int addresses;
    private final DoubleSupplier random;

    /**
     * @param addresses that can be tried in turn, the first included
     * @param random 0..1
     */
    Transitions(Reconnect reconnect, int addresses, DoubleSupplier random) {
        this.reconnect = reconnect;
        this.addresses = addresses;
        this.random = random;
    }

    Situation next(Situation now, Happening happening, long nanos) {
        if (happening instanceof Happening.FrameCame) {
            return frame(now, nanos);
        }
        if (happening instanceof Happening.Lost lost) {
            return lost(now, lost.fault(), nanos);
        }
        if (happening instanceof Happening.Trying) {
            CameraState state =
                    now.state() == CameraState.OFFLINE
                            ? CameraState.OFFLINE
                            : CameraState.CONNECTING;
            return now.enter(state, nanos).running();
        }
        if (happening instanceof Happening.Finished) {
            return now.enter(CameraState.IDLE, nanos).ended(nanos);
        }
        boolean slow = happening instanceof Happening.Slow;
        return now.isStreaming()
                ? now.enter(slow ? CameraState.DEGRADED : CameraState.STREAMING, nanos)
                : now;
    }

    private Situation frame(Situation now, long nanos) {
        if (!now.isStreaming()) {
            return now.enter(CameraState.STREAMING, nanos).without(nanos);
        }
        boolean stable = nanos - now.sinceNanos() >= STABLE.toNanos();
        return stable && now.failures() > 0 ? now.withFailures(0) : now;
    }

    private Situation lost(Situation now, Fault fault, long nanos) {
        int failures = now.failures() + 1;
        boolean hopeless = Diagnosis.isPermanent(fault.cause()) && failures >= addresses;
        boolean offline =
                now.state() == CameraState.OFFLINE || hopeless || failures > reconnect.retries();
        Duration wait = jittered(offline ? reconnect.probe() : backoff(failures));
        return now.enter(offline ? CameraState.OFFLINE : CameraState.BACKOFF, nanos)
                .failed(fault, failures, nanos + wait.toNanos());
    }

    /** The initial wait, doubled with each failure, at most the longest. */
    private Duration backoff(int failures) {
        int doublings = Math.min(failures - 1, 30);
        double millis = reconnect.initial().toMillis() * Math.pow(2, doublings);
        return Duration.ofMillis((long) Math.min(millis, reconnect.max().toMillis()));
    }

    private Duration jittered(Duration wait) {
        double factor = 1 + JITTER * (2 * random.getAsDouble() - 1);
        return Duration.ofNanos((long) (wait.toNanos() * factor));
    }
}
