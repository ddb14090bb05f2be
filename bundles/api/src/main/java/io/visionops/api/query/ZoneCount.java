package io.visionops.api.query;

import java.time.Instant;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * Occupancy of a zone in an interval.
 *
 * @param mean objects, weighted by time, over the watched time; empty where {@code coverage} is 0
 * @param max likewise
 */
public record ZoneCount(
        String camera,
        String zone,
        String label,
        OptionalDouble mean,
        OptionalInt max,
        Instant from,
        Instant to,
        double coverage) {}
