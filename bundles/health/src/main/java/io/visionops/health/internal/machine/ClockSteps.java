package io.visionops.health.internal.machine;

import io.visionops.api.time.Ticker;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sees when the clock of the computer was set: it and the monotonic one went on by different
 * lengths. Used by one thread.
 */
final class ClockSteps {

    /** How long a step is shown. */
    static final Duration SHOWN = Duration.ofMinutes(10);

    private final Clock clock;
    private final Ticker ticker;
    private Instant lastTime;
    private long lastNanos;
    private @Nullable Duration step;
    private long steppedAt;

    ClockSteps(Clock clock, Ticker ticker) {
        this.clock = clock;
        this.ticker = ticker;
        this.lastTime = clock.instant();
        this.lastNanos = ticker.nanos();
    }

    /**
     * @param least what is a step and no correction
     */
    Optional<Duration> look(Duration least) {
        Instant time = clock.instant();
        long nanos = ticker.nanos();
        Duration off = Duration.between(lastTime, time).minus(Duration.ofNanos(nanos - lastNanos));
        lastTime = time;
        lastNanos = nanos;
        if (off.abs().compareTo(least) >= 0) {
            step = off;
            steppedAt = nanos;
        }
        if (step != null && nanos - steppedAt > SHOWN.toNanos()) {
            step = null;
        }
        return Optional.ofNullable(step);
    }
}
