package io.visionops.store.internal.maintenance;

import java.time.DateTimeException;
import java.time.LocalTime;
import java.util.Optional;

/**
 * What an admin may choose about the upkeep of the database.
 *
 * @param daily when the daily maintenance is made; empty: never by itself
 * @param reserve bytes that are kept for a full disk; 0: none
 */
public record UpkeepSettings(Optional<LocalTime> daily, long reserve) {

    public static final UpkeepSettings DEFAULT =
            new UpkeepSettings(Optional.of(LocalTime.of(3, 40)), 16L << 20);

    private static final int MOST_MB = 1024;

    /**
     * Reads what somebody has written.
     *
     * @throws IllegalArgumentException when a value is wrong, with what is allowed
     */
    public static UpkeepSettings read(String daily, String reserve) {
        return new UpkeepSettings(time(daily.strip()), megabytes(reserve.strip()) << 20);
    }

    private static Optional<LocalTime> time(String text) {
        if (text.equals("off")) {
            return Optional.empty();
        }
        try {
            return Optional.of(LocalTime.parse(text));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "maintenance.daily = "
                            + text
                            + " is refused: allowed is a time of day such as 03:40, or off",
                    e);
        }
    }

    private static long megabytes(String text) {
        if (text.matches("[0-9]{1,4}") && Integer.parseInt(text) <= MOST_MB) {
            return Integer.parseInt(text);
        }
        throw new IllegalArgumentException(
                "reserve.mb = " + text + " is refused: allowed is 0 to " + MOST_MB);
    }
}
