package io.visionops.shell.internal.json;

import io.visionops.api.audit.AuditRecord;
import java.time.Instant;

/** An entry of the audit. */
public record AuditRow(
        long seq,
        long epoch,
        String kind,
        Instant time,
        String actor,
        String action,
        String object,
        String outcome,
        String detail) {

    public static AuditRow of(AuditRecord entry) {
        return new AuditRow(
                entry.seq(),
                entry.epoch(),
                entry.kind(),
                entry.time(),
                entry.actor(),
                entry.action(),
                entry.object(),
                entry.outcome(),
                entry.detail());
    }
}
