package io.visionops.health.internal;

import io.visionops.support.DurationText;
import java.time.Duration;

/**
 * What an admin may set of the rounds.
 *
 * @param interval from one round to the next
 * @param swapLimit how long a part may be away before it is missed
 * @param level how closely the program watches itself
 */
public record HealthSettings(Duration interval, Duration swapLimit, MonitoringLevel level) {

    static final String INTERVAL = "30s";
    static final String SWAP_LIMIT = "30s";

    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofHours(1);

    static HealthSettings defaults() {
        return read(INTERVAL, SWAP_LIMIT, MonitoringLevel.FULL);
    }

    /**
     * @throws IllegalArgumentException with one line for the admin
     */
    static HealthSettings read(String interval, String swapLimit, MonitoringLevel level) {
        return new HealthSettings(
                level.interval(duration("health.interval", interval)),
                duration("swap.limit", swapLimit),
                level);
    }

    private static Duration duration(String key, String text) {
        return DurationText.parse(text)
                .filter(one -> one.compareTo(SHORTEST) >= 0 && one.compareTo(LONGEST) <= 0)
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        key
                                                + " = "
                                                + text
                                                + " is refused: must be from 1s to 1h, "
                                                + DurationText.ALLOWED));
    }
}
