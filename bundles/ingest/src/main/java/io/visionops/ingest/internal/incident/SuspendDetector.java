package io.visionops.ingest.internal.incident;

import io.visionops.api.time.Ticker;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Notices that this computer, or this process, did nothing for a while: whoever is called regularly
 * and comes late was kept from it. Not thread-safe.
 */
final class SuspendDetector {

    /** What a busy computer makes of half a second is not a standstill. */
    static final Duration LATE = Duration.ofSeconds(2);

    private final Clock clock;
    private final Ticker ticker;
    private final Duration interval;
    private long last;
    private Instant lastWall;

    /**
     * @param interval at which {@link #tick} is called
     */
    SuspendDetector(Clock clock, Ticker ticker, Duration interval) {
        this.clock = clock;
        this.ticker = ticker;
        this.interval = interval;
        this.last = ticker.nanos();
        this.lastWall = clock.instant();
    }

    /**
     * A while without us.
     *
     * @param seen by the monotonic clock, which stops while a computer sleeps; otherwise the wall
     *     clock alone went ahead
     */
    record Gap(Duration length, boolean seen) {}

    /** Empty when all is well, or the clock was set back. */
    Optional<Gap> tick() {
        long now = ticker.nanos();
        Instant wall = clock.instant();
        Duration passed = Duration.ofNanos(now - last);
        Duration ahead = Duration.between(lastWall, wall).minus(passed);
        last = now;
        lastWall = wall;
        Duration late = passed.minus(interval);
        if (late.compareTo(LATE) > 0) {
            return Optional.of(new Gap(late, true));
        }
        return ahead.compareTo(LATE) > 0 ? Optional.of(new Gap(ahead, false)) : Optional.empty();
    }
}
