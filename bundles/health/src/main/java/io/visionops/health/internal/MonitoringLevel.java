package io.visionops.health.internal;

import java.time.Duration;
import java.util.Locale;

/** How closely the program watches itself: {@code monitoring.level}. */
public enum MonitoringLevel {
    /** All of it. */
    FULL,

    /**
     * For a computer that has little to spare: rounds of checks once a minute at most, and no
     * trends. What protects the computer and repairs the program goes on.
     */
    BASIC;

    private static final Duration BASIC_INTERVAL = Duration.ofMinutes(1);

    /**
     * @throws IllegalArgumentException with one line for the admin
     */
    public static MonitoringLevel read(String text) {
        for (MonitoringLevel one : values()) {
            if (one.name().toLowerCase(Locale.ROOT).equals(text)) {
                return one;
            }
        }
        throw new IllegalArgumentException(
                "monitoring.level = " + text + " is refused: must be full or basic");
    }

    /** From one round of checks to the next, where this one is asked for. */
    Duration interval(Duration asked) {
        return this == BASIC && asked.compareTo(BASIC_INTERVAL) < 0 ? BASIC_INTERVAL : asked;
    }

    /** Whether it is watched what grows and when something ends. */
    public boolean watchesTrends() {
        return this == FULL;
    }
}
