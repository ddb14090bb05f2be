package io.visionops.shell.internal.json;

import io.visionops.api.audit.AuditReport;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What came of a verification of the audit. */
public record AuditVerificationDocument(
        boolean good,
        Instant time,
        long tookMs,
        long lines,
        long first,
        long last,
        long epochs,
        int copies,
        boolean tags,
        boolean complete,
        String folder,
        List<FindingRow> findings) {

    /** What was found. */
    public record FindingRow(
            String kind,
            boolean tampering,
            long seq,
            long epoch,
            String words,
            @Nullable String accepted) {

        /** What it means, before the finding itself. */
        public String mark() {
            if (accepted != null) {
                return "accepted: ";
            }
            return tampering ? "CHANGED: " : "note: ";
        }

        /** Who has looked into it, behind the finding; empty while nobody has. */
        public String acceptance() {
            return accepted == null ? "" : " (" + accepted + ")";
        }
    }

    public static AuditVerificationDocument of(AuditReport report) {
        return new AuditVerificationDocument(
                report.isGood(),
                report.time(),
                report.took().toMillis(),
                report.lines(),
                report.first(),
                report.last(),
                report.epochs(),
                report.copies(),
                report.tags(),
                report.complete(),
                report.log(),
                report.findings().stream()
                        .map(
                                one ->
                                        new FindingRow(
                                                one.kind(),
                                                one.tampering(),
                                                one.seq(),
                                                one.epoch(),
                                                one.words(),
                                                one.accepted().orElse(null)))
                        .toList());
    }
}
