package io.visionops.ingest.internal.camera;

import io.visionops.api.camera.CameraState;
import io.visionops.api.camera.Cause;
import io.visionops.api.camera.Fault;
import java.util.Optional;

/**
 * Where a camera stands. What happens next is decided by {@link Machine} alone. Times are monotonic
 * nanoseconds.
 *
 * @param since when {@code state} was entered
 * @param fault what the state comes from; kept while a lost camera is tried again
 * @param waiting nothing runs, and {@code retry} is when the next try is due
 * @param misses what went wrong in a row
 * @param flow of the frames; meaningful while streaming
 */
record Situation(
        CameraState state,
        long since,
        Optional<Fault> fault,
        boolean waiting,
        long retry,
        Misses misses,
        Flow flow) {

    /**
     * What went wrong since frames last came for a stable stretch.
     *
     * @param failures in a row
     * @param permanent of these the last ones in a row whose cause needs a person
     * @param round tries since the camera is OFFLINE or the last slow wait ended
     * @param alerted a person has been called
     */
    record Misses(int failures, int permanent, int round, boolean alerted) {

        static final Misses NONE = new Misses(0, 0, 0, false);
    }

    /**
     * How frames come.
     *
     * @param steady since when without a gap
     * @param last when the last one came
     * @param slow fewer than they should be
     * @param picture what is wrong with what they show, or with their analysis
     */
    record Flow(long steady, long last, boolean slow, Optional<Fault> picture) {

        static Flow from(long now) {
            return new Flow(now, now, false, Optional.empty());
        }

        boolean isGood() {
            return !slow && picture.isEmpty();
        }

        Flow slow(boolean now) {
            return new Flow(steady, last, now, picture);
        }

        Flow picture(Optional<Fault> now) {
            return new Flow(steady, last, slow, now);
        }
    }

    static Situation start(long now) {
        return new Situation(
                CameraState.CONNECTING,
                now,
                Optional.empty(),
                true,
                now,
                Misses.NONE,
                Flow.from(now));
    }

    boolean isStreaming() {
        return state == CameraState.STREAMING || state == CameraState.DEGRADED;
    }

    /** IDLE because that was asked for, and not because a file was read to its end. */
    boolean isPaused() {
        return state == CameraState.IDLE
                && fault.filter(one -> one.cause() == Cause.PAUSED).isPresent();
    }

    /** A decoder runs, or is being started. */
    boolean isRunning() {
        return !waiting && state != CameraState.IDLE && state != CameraState.DISABLED;
    }

    Situation enter(CameraState next, long now) {
        return new Situation(
                next, next == state ? since : now, fault, waiting, retry, misses, flow);
    }

    Situation with(Optional<Fault> seen) {
        return new Situation(state, since, seen, waiting, retry, misses, flow);
    }

    Situation with(Misses counted) {
        return new Situation(state, since, fault, waiting, retry, counted, flow);
    }

    Situation with(Flow frames) {
        return new Situation(state, since, fault, waiting, retry, misses, frames);
    }

    Situation waitingUntil(long nanos) {
        return new Situation(state, since, fault, true, nanos, misses, flow);
    }

    Situation notWaiting() {
        return new Situation(state, since, fault, false, retry, misses, flow);
    }
}
