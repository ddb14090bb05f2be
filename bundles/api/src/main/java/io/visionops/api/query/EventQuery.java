package io.visionops.api.query;

import io.visionops.api.subject.Subject;
import java.time.Instant;
import java.util.Optional;

/**
 * Which events to read; empty means any.
 *
 * @param from inclusive
 * @param to exclusive
 * @param text full-text search in camera, label, line, zone, type and detail
 * @param limit rows a page, 1..1000
 * @param cursor as given by the page before
 */
public record EventQuery(
        Optional<String> camera,
        Optional<Subject> subject,
        Optional<String> type,
        Optional<String> label,
        Optional<String> line,
        Optional<String> zone,
        Optional<Instant> from,
        Optional<Instant> to,
        Optional<String> text,
        int limit,
        Optional<String> cursor) {}
