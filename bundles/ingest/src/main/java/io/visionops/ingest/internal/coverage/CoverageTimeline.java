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
 * Stretches are told after {@link #LONGEST}, so a crash loses no more than that, and end at full
 * minutes. A cause that is found later is told again for the time before it. Pure: knows no clock.
 * Used under the lock of its camera.
 */
final class CoverageTimeline {

    static final Duration LONGEST = Duration.ofSeconds(10);

    /** A time of day that leaves the monotonic one by more than this was set. */
    private static final Duration JUMP = Duration.ofSeconds(1);

    /** What is jumped over by more was never there: a clock that had not been set yet. */
    private static final Duration LONGEST_JUMP = Duration.ofDays(1);

    /** The journal takes a day at once, and this grows until it is told. */
    private static final Duration LONGEST_AFTERWARDS = Duration.ofHours(23);

    private static final String PAUSED = Cause.PAUSED.key();

    private final String camera;
    private final Duration limit;
    private final Consumer<Fact> told;

    private boolean open;
    private boolean frames;
    private Sight sight = Sight.BLIND;
    private String cause = Coverage.CONNECTING;

    /** Where the stretch begins that is not told yet. */
    private Instant from = Instant.EPOCH;

    /** Of the newest frame. */
    private Instant last = Instant.EPOCH;

    /** Since when frames have come; what is found afterwards reaches no further back. */
    private Instant streamed = Instant.EPOCH;

    /** Since when the camera has been blind without a known cause. */
    private Instant unexplained = Instant.EPOCH;

    /** Of the open stretch. */
    private Duration seen = Duration.ZERO;

    /** Both clocks at the last call. */
    private Instant wall = Instant.EPOCH;

    private long nanos;

    /**
     * @param fps frames a second that are expected
     * @param told receives what is to be journaled
     */
    CoverageTimeline(String camera, int fps, Consumer<Fact> told) {
        this.camera = camera;
        this.limit = Duration.ofNanos(2_000_000_000L / fps);
        this.told = told;
    }

    /** The camera is to be watched from now on. */
    void begin(Instant at, long now) {
        told.accept(new Fact.Expected(camera, at, true));
        wall = at;
        nanos = now;
        open = true;
        frames = false;
        sight = Sight.BLIND;
        cause = Coverage.CONNECTING;
        start(at);
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
            start(lastFrame);
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
        if (streams == frames && nextSight == sight && nextCause.equals(cause)) {
            return;
        }
        boolean pause = nextCause.equals(PAUSED);
        if (frames) {
            tell(last);
        } else if (!streams && !pause && cause.equals(Coverage.CONNECTING)) {
            // What was wrong is known only now.
            start(max(unexplained, at.minus(LONGEST_AFTERWARDS)));
        } else {
            tell(at);
        }
        if (streams && !frames) {
            start(at);
            last = at;
            streamed = at;
        }
        if (!streams && frames && nextCause.equals(Coverage.CONNECTING)) {
            unexplained = last;
        } else if (cause.equals(PAUSED)) {
            unexplained = at;
        }
        Instant known = max(since, streamed);
        if (streams && known.isBefore(from)) {
            told.accept(account(nextSight, nextCause, known, from, Duration.between(known, from)));
        }
        frames = streams;
        sight = nextSight;
        cause = nextCause;
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
        boolean fresh = frames || this.cause.equals(PAUSED);
        String unknown = streams ? "slow" : fresh ? Coverage.CONNECTING : this.cause;
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
        Instant minute = nextMinute(from);
        while (!at.isBefore(minute)) {
            see(last, min(seenUntil, minute));
            tell(minute);
            last = max(last, minute);
            minute = nextMinute(from);
        }
        see(last, seenUntil);
        last = at;
        if (Duration.between(from, at).compareTo(LONGEST) >= 0) {
            tell(at);
        }
    }

    /** Time passes; to be called at least every few seconds. */
    void tick(Instant at, long now) {
        followClock(at, now);
        if (open && !frames && Duration.between(from, at).compareTo(LONGEST) >= 0) {
            tell(at);
        }
    }

    /** Tells what is not told yet: somebody else goes on, or nobody does for now. */
    void close(Instant at, long now) {
        followClock(at, now);
        if (open) {
            tell(frames ? last : at);
        }
        open = false;
    }

    /** The camera is not to be watched any more. */
    private void end(Instant at) {
        if (open) {
            Instant end = frames ? last : at;
            tell(end);
            told.accept(new Fact.Expected(camera, end, false));
        }
        open = false;
    }

    /** Notes a clock that was set: what it jumped over was not watched. */
    private void followClock(Instant at, long now) {
        Duration passed = Duration.ofNanos(now - nanos);
        Instant due = wall.plus(passed);
        Duration jump = Duration.between(due, at);
        wall = at;
        nanos = now;
        if (!open || jump.abs().compareTo(JUMP) <= 0) {
            return;
        }
        if (frames) {
            see(last, min(due, last.plus(limit)));
        }
        tell(due);
        if (jump.compareTo(LONGEST_JUMP) > 0) {
            told.accept(new Fact.Expected(camera, due, false));
        } else if (!jump.isNegative()) {
            told.accept(Fact.Account.blind(camera, Coverage.CLOCK, due, jump));
        }
        told.accept(new Fact.Expected(camera, at, true));
        start(at);
        last = at;
        streamed = at;
        unexplained = at;
    }

    private void see(Instant since, Instant until) {
        if (since.isBefore(until)) {
            seen = seen.plus(Duration.between(since, until));
        }
    }

    private void start(Instant at) {
        from = at;
        seen = Duration.ZERO;
    }

    /** Tells the open stretch up to a time and begins the next one there. */
    private void tell(Instant until) {
        if (from.isBefore(until)) {
            told.accept(account(sight, cause, from, until, seen));
        }
        start(until);
    }

    private Fact.Account account(
            Sight what, String why, Instant since, Instant until, Duration visible) {
        Duration length = Duration.between(since, until);
        if (what == Sight.BLIND) {
            return Fact.Account.blind(camera, why, since, length);
        }
        boolean late = visible.compareTo(length) < 0;
        if (what == Sight.WATCHED && !late) {
            return Fact.Account.watched(camera, since, length);
        }
        return new Fact.Account(
                camera,
                Sight.DEGRADED,
                what == Sight.WATCHED ? Coverage.LATE : why,
                since,
                length,
                visible);
    }

    private static Instant nextMinute(Instant time) {
        return Instant.ofEpochSecond(Math.floorDiv(time.getEpochSecond(), 60) * 60 + 60);
    }

    private static Instant min(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }

    private static Instant max(Instant a, Instant b) {
        return a.isBefore(b) ? b : a;
    }
}
