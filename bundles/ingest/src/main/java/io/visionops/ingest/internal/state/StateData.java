package io.visionops.ingest.internal.state;

import io.visionops.api.camera.CameraState;
import io.visionops.api.camera.Cause;
import io.visionops.api.camera.Fault;
import java.util.Optional;

/**
 * Where a camera stands. What happens next is decided by {@link CameraStateMachine} alone. Times
 * are monotonic nanoseconds.
 *
 * @param since when {@code state} was entered
 * @param fault what the state comes from; kept while a lost camera is tried again
 * @param waiting nothing runs, and {@code retry} is when the next try is due
 * @param misses what went wrong in a row
 * @param flow of the frames; meaningful while streaming
 */
public record StateData(
        CameraState state,
        long since,
        Optional<Fault> fault,
        boolean waiting,
        long retry,
        FailureCounts misses,
        Flow flow) {

    /** Whether a fault is one of the analysis, and the camera itself is well. */
    public static boolean isOfAnalysis(Fault fault) {
        return fault.cause() == Cause.DETECTOR || fault.cause() == Cause.OBJECTS;
    }

    /**
     * What went wrong since frames last came for a stable stretch.
     *
     * @param failures in a row
     * @param permanent of these the last ones in a row whose cause needs a person
     * @param round tries since the camera is OFFLINE or the last slow wait ended
     * @param alerted a person has been called
     */
    public record FailureCounts(int failures, int permanent, int round, boolean alerted) {

        static final FailureCounts NONE = new FailureCounts(0, 0, 0, false);
    }

    /**
     * How frames come.
     *
     * @param steady since when without a gap
     * @param last when the last one came
     * @param slow fewer than they should be
     * @param picture what is wrong with what they show, or with their analysis
     */
    public record Flow(long steady, long last, boolean slow, Optional<Fault> picture) {

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

    public static StateData start(long now) {
        return new StateData(
                CameraState.CONNECTING,
                now,
                Optional.empty(),
                true,
                now,
                FailureCounts.NONE,
                Flow.from(now));
    }

    public boolean isStreaming() {
        return state == CameraState.STREAMING || state == CameraState.DEGRADED;
    }

    /** IDLE because that was asked for, and not because a file was read to its end. */
    public boolean isPaused() {
        return state == CameraState.IDLE
                && fault.filter(one -> one.cause() == Cause.PAUSED).isPresent();
    }

    /** A decoder runs, or is being started. */
    public boolean isRunning() {
        return !waiting && state != CameraState.IDLE && state != CameraState.DISABLED;
    }

    public StateData enter(CameraState next, long now) {
        return new StateData(
                next, next == state ? since : now, fault, waiting, retry, misses, flow);
    }

    public StateData with(Optional<Fault> seen) {
        return new StateData(state, since, seen, waiting, retry, misses, flow);
    }

    public StateData with(FailureCounts counted) {
        return new StateData(state, since, fault, waiting, retry, counted, flow);
    }

    public StateData with(Flow frames) {
        return new StateData(state, since, fault, waiting, retry, misses, frames);
    }

    public StateData waitingUntil(long nanos) {
        return new StateData(state, since, fault, true, nanos, misses, flow);
    }

    public StateData notWaiting() {
        return new StateData(state, since, fault, false, retry, misses, flow);
    }
}
