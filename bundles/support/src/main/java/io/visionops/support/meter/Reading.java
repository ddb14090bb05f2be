package io.visionops.support.meter;

import io.micrometer.core.instrument.Tags;
import java.util.List;

/**
 * The value of one meter at one moment. Parts make some dozens of them for each sample, so the tags
 * are made of the labels only where a meter is registered.
 *
 * @param unit a base unit, which is the end of the meter's name; empty for a plain number
 * @param labels names and values in turn
 */
public record Reading(
        Kind kind,
        String name,
        String description,
        String unit,
        List<String> labels,
        double value) {

    /** How a value behaves over time. */
    public enum Kind {
        /** Goes up and down. */
        GAUGE,
        /** Only rises, until it begins anew. */
        COUNTER
    }

    public Reading {
        labels = List.copyOf(labels);
    }

    public static Reading gauge(
            String name, String description, String unit, double value, String... labels) {
        return new Reading(Kind.GAUGE, name, description, unit, List.of(labels), value);
    }

    public static Reading counter(
            String name, String description, String unit, double value, String... labels) {
        return new Reading(Kind.COUNTER, name, description, unit, List.of(labels), value);
    }

    /** The labels as micrometer has them. */
    public Tags tags() {
        return Tags.of(labels.toArray(String[]::new));
    }

    /** Whether both are values of one meter. */
    boolean isOfSameMeter(Reading other) {
        int count = labels.size();
        boolean same =
                kind == other.kind && name.equals(other.name) && count == other.labels.size();
        for (int i = 0; same && i < count; i++) {
            same = labels.get(i).equals(other.labels.get(i));
        }
        return same;
    }
}
