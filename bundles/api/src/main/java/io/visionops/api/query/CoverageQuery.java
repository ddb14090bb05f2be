package io.visionops.api.query;

import java.time.Instant;
import java.util.Optional;

/**
 * Which time to account for.
 *
 * @param camera empty: every camera that was ever expected or accounted for
 * @param from inclusive, rounded down to the interval; empty: from the first record on
 * @param to exclusive; empty: up to now
 */
public record CoverageQuery(
        Optional<String> camera,
        Optional<Instant> from,
        Optional<Instant> to,
        CountQuery.Interval interval) {}
