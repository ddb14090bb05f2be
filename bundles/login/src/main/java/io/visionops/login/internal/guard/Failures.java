package io.visionops.login.internal.guard;

import java.time.Duration;

/**
 * Failures in a row.
 *
 * @param atNanos monotonic time of the last
 */
record Failures(int count, long atNanos) {

    /** Long enough for a typist, and short enough that nobody is locked out by a stranger. */
    private static final Duration LONGEST_DELAY = Duration.ofMinutes(1);

    private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(15);

    /** How long nothing is tried from now on; after {@code free} failures 1, 2, 4 ... 60 s. */
    Duration delay(int free, long nowNanos) {
        if (count < free) {
            return Duration.ZERO;
        }
        long seconds = 1L << Math.min(count - free, 6);
        Duration delay = Duration.ofSeconds(Math.min(seconds, LONGEST_DELAY.toSeconds()));
        Duration left = delay.minusNanos(nowNanos - atNanos);
        return left.isNegative() ? Duration.ZERO : left;
    }

    boolean isForgotten(long nowNanos) {
        return nowNanos - atNanos > FORGOTTEN_AFTER.toNanos();
    }

    Failures again(long nowNanos) {
        return new Failures(isForgotten(nowNanos) ? 1 : count + 1, nowNanos);
    }
}
