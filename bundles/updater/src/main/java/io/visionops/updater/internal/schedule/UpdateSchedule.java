package io.visionops.updater.internal.schedule;

import io.visionops.api.time.Ticker;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalTime;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Decides when the repository is looked into: some minutes after the start and then once a day, at
 * a time that is another one on each computer, so that not all ask at once; after a failure once an
 * hour. Monotonic time: a clock that leaps changes nothing. For one thread.
 */
public final class UpdateSchedule {

    static final Duration DAY = Duration.ofHours(24);
    static final Duration AGAIN = Duration.ofHours(1);

    /** Of the first look, and of each day. */
    static final Duration JITTER = Duration.ofHours(1);

    /** Cameras come first. */
    static final Duration FIRST = Duration.ofMinutes(5);

    private final Ticker ticker;
    private final Clock clock;
    private final RandomGenerator random;
    private long next;

    /**
     * @param clock in the zone of the maintenance window
     */
    public UpdateSchedule(Ticker ticker, Clock clock, RandomGenerator random) {
        this.ticker = ticker;
        this.clock = clock;
        this.random = random;
        next = ticker.nanos() + FIRST.toNanos() + jitter();
    }

    private long jitter() {
        return random.nextLong(JITTER.toNanos());
    }

    /** Is it time to look? */
    public boolean isCheckDue() {
        return ticker.nanos() - next >= 0;
    }

    /** It was looked into, by whomever. */
    public void checked(boolean done) {
        next =
                ticker.nanos()
                        + (done ? DAY.toNanos() - JITTER.toNanos() / 2 : AGAIN.toNanos())
                        + jitter();
    }

    /** May something be installed now without a person? */
    public boolean isInstallAllowed(Optional<MaintenanceWindow> window) {
        LocalTime now = LocalTime.ofInstant(clock.instant(), clock.getZone());
        return window.filter(one -> one.contains(now)).isPresent();
    }
}
