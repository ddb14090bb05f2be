package io.visionops.ingest.internal.coverage;

import io.visionops.api.camera.CameraState;
import io.visionops.api.camera.Cause;
import io.visionops.api.camera.Fault;
import io.visionops.api.journal.Fact;
import io.visionops.api.journal.Fact.Sight;
import io.visionops.api.query.Coverage;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Gives account of every moment of a camera that is to be watched: what is told lies end to end.
 *
 * <p>Blind time begins with the last frame, since then nothing was seen, and not with the verdict.
 * Of a gap between frames that ends before there is a verdict two frame intervals count as seen.
 * What is told is cut by {@link OpenInterval}: after ten seconds and at full minutes. A cause that
 * is found later is told again for the time before it. Pure: knows no clock. Used under the lock of
 * its camera.
 */
final class CoverageTimeline {

    /** What is jumped over by more was never there: a clock that had not been set yet. */
    private static final Duration LONGEST_JUMP = Duration.ofDays(1);

    /** The journal takes a day at once, and this grows until it is told. */
    private static final Duration LONGEST_AFTERWARDS = Duration.ofHours(23);

    private static final String PAUSED = Cause.PAUSED.key();

    private final String camera;
    private final Duration limit;
    private final Consumer<Fact> told;
    private final OpenInterval interval;
    private final ClockStepDetector clock = new ClockStepDetector();

    private boolean open;
    private boolean frames;

    /** Of the newest frame. */
    private Instant last = Instant.EPOCH;

    /** Since when frames have come; what is found afterwards reaches no further back. */
    private Instant streamed = Instant.EPOCH;

    /** Since when the camera has been blind without a known cause. */
    private Instant unexplained = Instant.EPOCH;

    /**
     * @param fps frames a second that are expected
     * @param told receives what is to be journaled
     */
    CoverageTimeline(String camera, int fps, Consumer<Fact> told) {
        this.camera = camera;
        this.limit = Duration.ofNanos(2_000_000_000L / fps);
        this.told = told;
        this.interval = new OpenInterval(camera, told);
    }

    /** The camera is to be watched from now on. */
    void begin(Instant at, long now) {
        told.accept(new Fact.Expected(camera, at, true));
        clock.start(at, now);
        open = true;
        frames = false;
        interval.use(Sight.BLIND, Coverage.CONNECTING);
        interval.start(at);
        unexplained = at;
    }

    /** Goes on where another one has stopped, with the frame that it had last. */
    void resume(CameraState state, Optional<Fault> fault, Instant lastFrame, Instant at, long now) {
        if (!isExpected(state, fault)) {
            return;
        }
        begin(at, now);
        state(state, fault, at, at, now);
        if (frames && lastFrame.isBefore(at) && lastFrame.isAfter(at.minus(LONGEST_AFTERWARDS))) {
            interval.start(lastFrame);
            last = lastFrame;
        }
    }

    /**
     * The camera is in another state, or its fault is another one.
     *
     * @param fault that the state comes from; while a lost camera is tried again that of before
     *     holds
     * @param since when it began to be so, where that is known to be before {@code at}
     */
    void state(CameraState state, Optional<Fault> fault, Instant since, Instant at, long now) {
        followClock(at, now);
        if (!isExpected(state, fault)) {
            end(at);
            return;
        }
        if (!open) {
            begin(at, now);
        }
        boolean streams = state == CameraState.STREAMING || state == CameraState.DEGRADED;
        Sight nextSight = streams ? sight(state, fault) : Sight.BLIND;
        String nextCause = cause(state, streams, fault.map(Fault::cause));
        if (streams == frames && interval.is(nextSight, nextCause)) {
            return;
        }
        boolean pause = nextCause.equals(PAUSED);
        String cause = interval.cause();
        if (frames) {
            interval.tell(last);
        } else if (!streams && !pause && cause.equals(Coverage.CONNECTING)) {
            // What was wrong is known only now.
            interval.start(max(unexplained, at.minus(LONGEST_AFTERWARDS)));
        } else {
            interval.tell(at);
        }
        if (streams && !frames) {
            interval.start(at);
            last = at;
            streamed = at;
        }
        if (!streams && frames && nextCause.equals(Coverage.CONNECTING)) {
            unexplained = last;
        } else if (cause.equals(PAUSED)) {
            unexplained = at;
        }
        if (streams) {
            interval.correct(nextSight, nextCause, max(since, streamed));
        }
        frames = streams;
        interval.use(nextSight, nextCause);
    }

    /** A camera that is paused is to be watched all the same: that it is not is to be seen. */
    private static boolean isExpected(CameraState state, Optional<Fault> fault) {
        boolean paused = fault.filter(one -> one.cause() == Cause.PAUSED).isPresent();
        return state != CameraState.DISABLED && (state != CameraState.IDLE || paused);
    }

    private static Sight sight(CameraState state, Optional<Fault> fault) {
        if (state == CameraState.STREAMING) {
            return Sight.WATCHED;
        }
        return switch (fault.map(Fault::cause).orElse(Cause.BLURRED)) {
            case FROZEN, BLACK, MOVED -> Sight.BLIND;
            default -> Sight.DEGRADED;
        };
    }

    private String cause(CameraState state, boolean streams, Optional<Cause> fault) {
        if (state == CameraState.STREAMING) {
            return "";
        }
        boolean fresh = frames || interval.cause().equals(PAUSED);
        String unknown = streams ? "slow" : fresh ? Coverage.CONNECTING : interval.cause();
        return fault.map(Cause::key).orElse(unknown);
    }

    /**
     * A frame came.
     *
     * @param at when it was taken; one that waited for its reader is as old as it is
     */
    void frame(Instant at, Instant present, long now) {
        followClock(present, now);
        if (!open || !frames || at.isBefore(last)) {
            return;
        }
        Instant seenUntil = min(at, last.plus(limit));
        Instant minute = interval.nextMinute();
        while (!at.isBefore(minute)) {
            interval.see(last, min(seenUntil, minute));
            interval.tell(minute);
            last = max(last, minute);
            minute = interval.nextMinute();
        }
        interval.see(last, seenUntil);
        last = at;
        if (interval.isFull(at)) {
            interval.tell(at);
        }
    }

    /** Time passes; to be called at least every few seconds. */
    void tick(Instant at, long now) {
        followClock(at, now);
        if (open && !frames && interval.isFull(at)) {
            interval.tell(at);
        }
    }

    /** Tells what is not told yet: somebody else goes on, or nobody does for now. */
    void close(Instant at, long now) {
        followClock(at, now);
        if (open) {
            interval.tell(frames ? last : at);
        }
        open = false;
    }

    /** The camera is not to be watched any more. */
    private void end(Instant at) {
        if (open) {
            Instant end = frames ? last : at;
            interval.tell(end);
            told.accept(new Fact.Expected(camera, end, false));
        }
        open = false;
    }

    /** Notes a clock that was set: what it jumped over was not watched. */
    private void followClock(Instant at, long now) {
        Optional<ClockStepDetector.Step> step = clock.follow(at, now);
        if (!open || step.isEmpty()) {
            return;
        }
        Instant due = step.get().due();
        Duration jump = step.get().length();
        if (frames) {
            interval.see(last, min(due, last.plus(limit)));
        }
        interval.tell(due);
        if (jump.compareTo(LONGEST_JUMP) > 0) {
            told.accept(new Fact.Expected(camera, due, false));
        } else if (!jump.isNegative()) {
            told.accept(Fact.Account.blind(camera, Coverage.CLOCK, due, jump));
        }
        told.accept(new Fact.Expected(camera, at, true));
        interval.start(at);
        last = at;
        streamed = at;
        unexplained = at;
    }

    private static Instant min(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }

    private static Instant max(Instant a, Instant b) {
        return a.isBefore(b) ? b : a;
    }
}
