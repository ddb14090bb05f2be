package io.visionops.health.internal.trend;

import io.visionops.health.internal.machine.Limits;
import io.visionops.health.internal.machine.Limits.Pair;
import java.time.Duration;

/**
 * From where on a trend is a warning, and critical.
 *
 * @param growth bytes an hour
 * @param memory a limit of memory that is reached sooner is a warning
 * @param disk a disk that is full sooner is a warning
 */
record TrendSettings(Pair growth, Duration memory, Duration disk) {

    /** Those of a configuration in which nothing is set. */
    static TrendSettings defaults() {
        return read(
                value("memory_growth_warn"),
                value("memory_growth_limit"),
                value("forecast_memory"),
                value("forecast_disk"));
    }

    /**
     * @throws IllegalArgumentException with one line for the admin
     */
    static TrendSettings of(TrendConfig config) {
        return read(
                config.memory_growth_warn(),
                config.memory_growth_limit(),
                config.forecast_memory(),
                config.forecast_disk());
    }

    private static TrendSettings read(String warn, String limit, String memory, String disk) {
        Pair growth =
                new Pair(
                        Limits.size("memory.growth.warn", warn),
                        Limits.size("memory.growth.limit", limit));
        if (growth.warn() > growth.critical()) {
            throw new IllegalArgumentException(
                    "memory.growth.warn is refused: must not be above memory.growth.limit");
        }
        return new TrendSettings(
                growth,
                Limits.duration("forecast.memory", memory),
                Limits.duration("forecast.disk", disk));
    }

    private static String value(String key) {
        try {
            return String.valueOf(TrendConfig.class.getDeclaredMethod(key).getDefaultValue());
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(key + " is no key", e);
        }
    }
}
