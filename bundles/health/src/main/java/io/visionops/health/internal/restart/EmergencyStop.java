package io.visionops.health.internal.restart;

import io.visionops.api.time.Ticker;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Decides when the computer is so hot, although the governor has paused all cameras, that they have
 * to end. For one thread.
 */
final class EmergencyStop {

    /** A sensor may be wrong for a moment, and what was paused cools down in less. */
    static final Duration LENGTH = Duration.ofSeconds(60);

    private final Ticker ticker;
    private long since;
    private boolean hot;

    EmergencyStop(Ticker ticker) {
        this.ticker = ticker;
    }

    /**
     * Told every few seconds.
     *
     * @param temperature degrees Celsius; empty when it is not known, which is no reason to stop
     * @param limit from which on it is too hot
     * @return why it is due; empty while it is not
     */
    Optional<String> cause(OptionalDouble temperature, double limit) {
        boolean before = hot;
        hot = temperature.isPresent() && temperature.getAsDouble() >= limit;
        if (!hot) {
            return Optional.empty();
        }
        long now = ticker.nanos();
        if (!before) {
            since = now;
        }
        return now - since < LENGTH.toNanos()
                ? Optional.empty()
                : Optional.of(
                        String.format(
                                Locale.ROOT,
                                "the processor has had %.0f degrees and more for %d s",
                                limit,
                                (now - since) / 1_000_000_000L));
    }
}
