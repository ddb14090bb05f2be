package io.visionops.support.throttle;

import java.time.Duration;

/**
 * Attempts that failed in a row, such as wrong passwords, and the wait that they cost.
 *
 * @param atNanos monotonic time of the last
 */
public record FailedAttempts(int count, long atNanos) {

    /** Long enough for a typist, and short enough that nobody is locked out by a stranger. */
    private static final Duration LONGEST_DELAY = Duration.ofMinutes(1);

    private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(15);

    /** How long nothing is tried from now on; after {@code free} failures 1, 2, 4 ... 60 s. */
    public Duration delay(int free, long nowNanos) {
        if (count < free) {
            return Duration.ZERO;
        }
        long seconds = 1L << Math.min(count - free, 6);
        Duration delay = Duration.ofSeconds(Math.min(seconds, LONGEST_DELAY.toSeconds()));
        Duration left = delay.minusNanos(nowNanos - atNanos);
        return left.isNegative() ? Duration.ZERO : left;
    }

    private boolean isForgotten(long nowNanos) {
        return nowNanos - atNanos > FORGOTTEN_AFTER.toNanos();
    }

    /** With one more. */
    public FailedAttempts again(long nowNanos) {
        return new FailedAttempts(isForgotten(nowNanos) ? 1 : count + 1, nowNanos);
    }
}
