package io.visionops.api.query;

import io.visionops.api.journal.Event;
import java.time.Instant;
import java.util.OptionalLong;

/**
 * Crossings of a line in an interval.
 *
 * @param count empty where {@code coverage} is 0: nobody watched, so nobody knows
 * @param coverage share of the interval in which the line was watched, 0..1
 */
public record LineCount(
        String camera,
        String line,
        String label,
        Event.Direction direction,
        OptionalLong count,
        Instant from,
        Instant to,
        double coverage) {}
