package io.visionops.api.query;

import java.time.Instant;
import java.util.Optional;

/**
 * Which states of a camera to read.
 *
 * @param from inclusive
 * @param to exclusive
 * @param limit rows a page, 1..1000
 * @param cursor as given by the page before
 */
public record HistoryQuery(
        String camera,
        Optional<Instant> from,
        Optional<Instant> to,
        int limit,
        Optional<String> cursor) {}
