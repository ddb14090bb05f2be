package io.visionops.ingest.internal.camera;

import io.visionops.api.camera.CameraState;
import io.visionops.api.camera.Cause;
import io.visionops.api.camera.Fault;
import java.time.Duration;
import java.util.Optional;

/**
 * Where a camera stands. What happens next is decided by {@link Transitions} alone.
 *
 * @param sinceNanos when {@code state} was entered, monotonic
 * @param failures in a row; forgotten after a stable stretch
 * @param retryNanos when the next try is due, monotonic; meaningful while {@code waiting}
 * @param waiting nothing runs, the next try has a time
 */
record Situation(
        CameraState state,
        long sinceNanos,
        Optional<Fault> fault,
        int failures,
        long retryNanos,
        boolean waiting) {

    /** What can happen to a camera. */
    sealed interface Happening {

        /** A try begins, because it is due or because somebody asked for it. */
        record Trying() implements Happening {}

        /** A frame came. */
        record FrameCame() implements Happening {}

        /** The stream is gone, or did not come. */
        record Lost(Fault fault) implements Happening {}

        /** A file that is read once has been read. */
        record Finished() implements Happening {}

        /** Frames have come slower than half the set rate for ten seconds. */
        record Slow() implements Happening {}

        /** Frames come at a good rate again. */
        record Fluent() implements Happening {}
    }

    static Situation start(long now) {
        return new Situation(CameraState.CONNECTING, now, Optional.empty(), 0, now, true);
    }

    boolean isStreaming() {
        return state == CameraState.STREAMING || state == CameraState.DEGRADED;
    }

    Situation enter(CameraState next, long now) {
        return new Situation(
                next, next == state ? sinceNanos : now, fault, failures, retryNanos, waiting);
    }

    Situation without(long now) {
        return new Situation(state, sinceNanos, Optional.empty(), failures, now, false);
    }

    Situation withFailures(int count) {
        return new Situation(state, sinceNanos, fault, count, retryNanos, waiting);
    }

    Situation failed(Fault seen, int count, long retryAt) {
        return new Situation(state, sinceNanos, Optional.of(seen), count, retryAt, true);
    }

    Situation running() {
        return new Situation(state, sinceNanos, fault, failures, retryNanos, false);
    }

    Situation ended(long now) {
        Fault end = new Fault(Cause.END_OF_STREAM, "the file has been read to its end");
        return new Situation(state, sinceNanos, Optional.of(end), 0, now, false);
    }

    Duration untilRetry(long now) {
        return Duration.ofNanos(Math.max(0, retryNanos - now));
    }
}
