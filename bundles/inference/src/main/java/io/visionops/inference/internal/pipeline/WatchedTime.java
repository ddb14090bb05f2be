package io.visionops.inference.internal.pipeline;

import io.visionops.api.journal.Fact;
import io.visionops.inference.internal.count.ZoneCount;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Which time may be called watched, and how many stood in the zones meanwhile. The time between two
 * frames that were looked at counts in full up to two frame intervals; of a longer gap no more than
 * that counts, after the earlier frame. Before the first frame nothing counts, unless an earlier
 * analysis has left off there. Used by one thread.
 */
final class WatchedTime {

    /** A clock set back by no more than this repeats time that is claimed already. */
    private static final long SMALL_STEP_BACK = 10_000_000_000L;

    private final String camera;
    private final long limit;

    private boolean open;

    /** Of the newest frame; epoch nanoseconds, as all times here. */
    private long last;

    /** The stretch not yet given out: watched without a gap from here to {@code until}. */
    private long from;

    private long until;

    /** Since when the zones are as in {@code occupancy}; within the stretch. */
    private long occupiedFrom;

    private List<ZoneCount> occupancy = List.of();

    /**
     * @param fps frames a second that are meant to be analysed
     */
    WatchedTime(String camera, int fps) {
        this.camera = camera;
        this.limit = 2 * 1_000_000_000L / fps;
    }

    /** Goes on after the frame that an earlier analysis has looked at last. */
    void continueAfter(Instant capturedAt) {
        open = true;
        last = epochNanos(capturedAt);
        startAt(last);
    }

    /**
     * Takes a frame that was looked at.
     *
     * @param now who stands in the zones in this frame
     * @param facts receives what is finished
     */
    void looked(Instant capturedAt, List<ZoneCount> now, List<Fact> facts) {
        long at = epochNanos(capturedAt);
        if (!open) {
            open = true;
            startAt(at);
        } else {
            passTo(at, facts);
        }
        last = at;
        if (!now.equals(occupancy)) {
            endOccupancy(facts);
            occupancy = now;
        }
    }

    /** Gives out what is watched so far; the stretch goes on. */
    void drain(List<Fact> facts) {
        endOccupancy(facts);
        if (until > from) {
            facts.add(new Fact.Watched(camera, instant(from), Duration.ofNanos(until - from)));
            from = until;
        }
    }

    private void passTo(long at, List<Fact> facts) {
        long gap = at - last;
        if (gap < -SMALL_STEP_BACK) {
            drain(facts);
            startAt(at);
        } else if (at <= until) {
            // The clock went back a little: this time is claimed already.
            return;
        } else if (gap <= limit) {
            until = at;
        } else {
            until = Math.max(until, last + limit);
            drain(facts);
            startAt(at);
        }
    }

    private void startAt(long at) {
        from = at;
        until = at;
        occupiedFrom = at;
    }

    private void endOccupancy(List<Fact> facts) {
        if (until > occupiedFrom) {
            for (ZoneCount zone : occupancy) {
                if (zone.objects() > 0) {
                    facts.add(
                            new Fact.Occupancy(
                                    camera,
                                    instant(occupiedFrom),
                                    Duration.ofNanos(until - occupiedFrom),
                                    zone.zone(),
                                    zone.label(),
                                    zone.objects()));
                }
            }
        }
        occupiedFrom = until;
    }

    private static long epochNanos(Instant time) {
        return time.getEpochSecond() * 1_000_000_000L + time.getNano();
    }

    private static Instant instant(long epochNanos) {
        return Instant.ofEpochSecond(
                Math.floorDiv(epochNanos, 1_000_000_000L),
                Math.floorMod(epochNanos, 1_000_000_000L));
    }
}
