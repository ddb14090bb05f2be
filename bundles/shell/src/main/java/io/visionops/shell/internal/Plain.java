package io.visionops.shell.internal;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Values as words for a terminal. */
public final class Plain {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ssx", Locale.ROOT);

    private static final DateTimeFormatter TIME_MILLIS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSx", Locale.ROOT);

    private Plain() {}

    /**
     * One line that cannot move the cursor, change colours or give a password away: control and
     * formatting characters become spaces, credentials in addresses become {@code ***}.
     */
    public static String line(@Nullable String text) {
        return text == null
                ? ""
                : text.replaceAll("[\\p{Cntrl}\\p{Cf}\\u0080-\\u009f\\u2028\\u2029]+", " ")
                        .replaceAll("(?<=://)[^/?#\\s]*@", "***@")
                        .strip();
    }

    /** A value in a table; what is absent is {@code -}. */
    public static String cell(@Nullable Object value) {
        String text = line(value == null ? null : value.toString());
        return text.isEmpty() ? "-" : text;
    }

    /** {@code 1.5 MB}; decimal units, as the configuration writes sizes. */
    public static String size(long bytes) {
        double value = bytes;
        String unit = "B";
        for (String next : new String[] {"kB", "MB", "GB", "TB"}) {
            if (value < 1000) {
                break;
            }
            value /= 1000;
            unit = next;
        }
        return unit.equals("B") ? bytes + " B" : String.format(Locale.ROOT, "%.1f %s", value, unit);
    }

    /** The two largest units of a length of time: {@code 3d 4h}, {@code 12m 5s}. */
    public static String length(Duration length) {
        long seconds = Math.max(0, length.toSeconds());
        if (seconds >= 86400) {
            return seconds / 86400 + "d " + seconds % 86400 / 3600 + "h";
        }
        if (seconds >= 3600) {
            return seconds / 3600 + "h " + seconds % 3600 / 60 + "m";
        }
        return seconds >= 60 ? seconds / 60 + "m " + seconds % 60 + "s" : seconds + "s";
    }

    /** {@code 2026-03-29 03:00:00+02}; to the millisecond where it is not a whole second. */
    public static String time(Instant time, ZoneId zone) {
        return (time.getNano() < 1_000_000 ? TIME : TIME_MILLIS).format(time.atZone(zone));
    }

    /** How long ago. */
    public static String ago(@Nullable Instant then, Instant now) {
        return then == null ? "-" : length(Duration.between(then, now)) + " ago";
    }

    /** {@code 98 %} of a share 0..1. */
    public static String percent(@Nullable Double share) {
        return share == null ? "-" : String.format(Locale.ROOT, "%.0f %%", Math.floor(share * 100));
    }
}
