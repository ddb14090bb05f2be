package io.visionops.api.query;

import io.visionops.api.subject.Subject;
import java.time.Instant;
import java.util.Optional;

/**
 * Which records to read; empty means any.
 *
 * @param from inclusive
 * @param to exclusive
 * @param limit rows a page, 1..1000
 * @param cursor as given by the page before
 */
public record RecordQuery(
        Optional<String> kind,
        Optional<Subject> subject,
        Optional<Instant> from,
        Optional<Instant> to,
        int limit,
        Optional<String> cursor) {}
