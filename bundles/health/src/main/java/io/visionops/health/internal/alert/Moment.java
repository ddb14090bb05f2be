package io.visionops.health.internal.alert;

import io.visionops.api.time.Ticker;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Now, by both clocks: lengths of time are measured by the monotonic one, and kept on disk by the
 * other.
 */
record Moment(Instant wall, long nanos) {

    static Moment of(Clock clock, Ticker ticker) {
        return new Moment(clock.instant(), ticker.nanos());
    }

    Duration since(long earlier) {
        return Duration.ofNanos(nanos - earlier);
    }

    /** The monotonic time of what an earlier run has kept; not in the future. */
    long nanosOf(Instant kept) {
        Duration ago = Duration.between(kept, wall);
        if (ago.isNegative()) {
            return nanos;
        }
        return nanos
                - Math.min(ago.toSeconds(), Duration.ofDays(3650).toSeconds()) * 1_000_000_000L;
    }
}
