package io.visionops.ingest.internal.coverage;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Finds that the time of day was set: from one call to the next it has gone on by another time than
 * the monotonic clock. Pure: knows no clock. Used under the lock of its camera.
 */
final class ClockStepDetector {

    /** A time of day that leaves the monotonic one by more than this was set. */
    private static final Duration LEAST = Duration.ofSeconds(1);

    private static final Duration LEAST_BACK = LEAST.negated();

    /** Both clocks at the last call. */
    private Instant wall = Instant.EPOCH;

    private long nanos;

    /**
     * The clock was set.
     *
     * @param due what it would show now
     * @param at what it shows
     */
    record Step(Instant due, Instant at) {

        /** Negative when it was set back. */
        Duration length() {
            return Duration.between(due, at);
        }
    }

    /** Compares from now on. */
    void start(Instant at, long now) {
        wall = at;
        nanos = now;
    }

    /** Compares with the last call. */
    Optional<Step> follow(Instant at, long now) {
        Step step = new Step(wall.plusNanos(now - nanos), at);
        start(at, now);
        Duration length = step.length();
        // Not by abs(), which reckons a negative time in decimals; this is done for each frame.
        boolean isSet = length.compareTo(LEAST) > 0 || length.compareTo(LEAST_BACK) < 0;
        return isSet ? Optional.of(step) : Optional.empty();
    }
}
