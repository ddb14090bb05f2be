package io.visionops.api.audit;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Which entries to read; empty means any. Seals and checkpoints are not among them, unless their
 * action is asked for.
 *
 * @param from inclusive
 * @param to exclusive
 * @param actor whole, as in {@code user/anna}, or its name alone
 * @param action whole
 * @param limit of a page, 1..1000
 * @param before number of the last entry of the page before
 */
public record AuditQuery(
        Optional<Instant> from,
        Optional<Instant> to,
        Optional<String> actor,
        Optional<String> action,
        int limit,
        OptionalLong before) {}
