package io.visionops.support.time;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;

/**
 * The zone in which people mean days and times of day: {@code timezone} of all cameras, by default
 * that of the computer (ADR 57). Thread-safe.
 */
public final class ConfiguredZone {

    /** Whose key {@code timezone} it is. */
    public static final String PID = "io.visionops.inference";

    private volatile ZoneId zone = ZoneId.systemDefault();

    /** Of that configuration what a part needs that has nothing else to do with it. */
    public @interface Config {

        /** Empty: the one of this computer. */
        String timezone() default "";
    }

    /**
     * Holds from now on.
     *
     * @return false for what is no zone: then the last good one stays
     */
    public boolean set(String name) {
        try {
            zone = name.isBlank() ? ZoneId.systemDefault() : ZoneId.of(name.strip());
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }

    /** What it is now. */
    public ZoneId get() {
        return zone;
    }

    /** The system's clock in this zone, also when that becomes another one. */
    public Clock clock() {
        return clock(Clock.systemUTC());
    }

    /** Likewise, of another clock. */
    public Clock clock(Clock time) {
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return zone;
            }

            @Override
            public Clock withZone(ZoneId other) {
                return time.withZone(other);
            }

            @Override
            public Instant instant() {
                return time.instant();
            }
        };
    }
}
