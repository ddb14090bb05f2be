package io.visionops.api.audit;

import java.time.Instant;

/**
 * An entry as it was written.
 *
 * @param seq its number, from 1 without a gap
 * @param epoch whose key it is tagged with
 * @param kind {@code record}, {@code seal}, {@code checkpoint}, {@code prune} or {@code damage}
 * @param actor written kind/name
 * @param object written kind/name
 */
public record AuditRecord(
        long seq,
        long epoch,
        String kind,
        Instant time,
        String actor,
        String action,
        String object,
        String outcome,
        String detail) {}
