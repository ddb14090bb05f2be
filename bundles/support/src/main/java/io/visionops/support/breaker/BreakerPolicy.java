package io.visionops.support.breaker;

import java.time.Duration;

/**
 * When a circuit opens and for how long: after so many failures in a row, for the first wait, which
 * doubles with each probe that fails.
 *
 * @param probeLimit after so long a probe that has not come back has failed
 */
public record BreakerPolicy(
        int failures, Duration firstWait, Duration longestWait, Duration probeLimit) {

    /** What is not said otherwise: three failures, five minutes doubling to an hour. */
    public static final BreakerPolicy DEFAULT =
            new BreakerPolicy(
                    3, Duration.ofMinutes(5), Duration.ofHours(1), Duration.ofSeconds(30));

    public BreakerPolicy {
        if (failures < 1) {
            throw new IllegalArgumentException("failures = " + failures + ": must be 1 or more");
        }
        if (firstWait.toMillis() < 1 || longestWait.compareTo(firstWait) < 0) {
            throw new IllegalArgumentException(
                    "waits "
                            + firstWait
                            + " to "
                            + longestWait
                            + ": must be 1 ms or more, and not fall");
        }
    }

    /** The same with other waits. */
    public BreakerPolicy waiting(Duration first, Duration longest) {
        return new BreakerPolicy(failures, first, longest, probeLimit);
    }
}
