package io.visionops.support.meter;

import io.micrometer.core.instrument.Tags;

/**
 * The value of one meter at one moment.
 *
 * @param unit a base unit, which is the end of the meter's name; empty for a plain number
 */
public record Reading(
        Kind kind, String name, String description, String unit, Tags tags, double value) {

    /** How a value behaves over time. */
    public enum Kind {
        /** Goes up and down. */
        GAUGE,
        /** Only rises, until it begins anew. */
        COUNTER
    }

    public static Reading gauge(
            String name, String description, String unit, double value, String... tags) {
        return new Reading(Kind.GAUGE, name, description, unit, Tags.of(tags), value);
    }

    public static Reading counter(
            String name, String description, String unit, double value, String... tags) {
        return new Reading(Kind.COUNTER, name, description, unit, Tags.of(tags), value);
    }
}
