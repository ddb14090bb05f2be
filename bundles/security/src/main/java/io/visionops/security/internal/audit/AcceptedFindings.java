package io.visionops.security.internal.audit;

import io.visionops.api.audit.AuditQuery;
import io.visionops.api.audit.AuditRecord;
import io.visionops.api.audit.AuditReport;
import io.visionops.support.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * Findings that an admin has looked into. Each acceptance is an entry of the audit itself, which
 * names findings by what they say: the same line changed otherwise is another finding. Thread-safe.
 */
final class AcceptedFindings {

    static final String ACTION = "audit-accept";

    private static final int MOST = 1_000;

    /** Characters of a hash that name a finding. */
    private static final int NAME = 16;

    private static final String PARTED = ": ";

    private final AuditPages pages;

    AcceptedFindings(AuditPages pages) {
        this.pages = pages;
    }

    /** The detail of the entry that accepts them. */
    static String detail(List<AuditReport.Finding> findings, String reason) {
        return findings.stream().map(AcceptedFindings::name).collect(Collectors.joining(","))
                + PARTED
                + reason;
    }

    private static String name(AuditReport.Finding one) {
        String what = one.kind() + " " + one.seq() + " " + one.epoch() + " " + one.words();
        return Sha256.hex(what.getBytes(StandardCharsets.UTF_8)).substring(0, NAME);
    }

    /** The same findings, those that were accepted with who did it. */
    List<AuditReport.Finding> mark(List<AuditReport.Finding> findings) throws IOException {
        if (findings.stream().noneMatch(AuditReport.Finding::tampering)) {
            return findings;
        }
        List<AuditRecord> acceptances =
                pages.read(
                                new AuditQuery(
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.of(ACTION),
                                        MOST,
                                        OptionalLong.empty()))
                        .records();
        return findings.stream().map(one -> mark(one, acceptances)).toList();
    }

    private static AuditReport.Finding mark(
            AuditReport.Finding one, List<AuditRecord> acceptances) {
        if (!one.tampering()) {
            return one;
        }
        String name = name(one);
        return acceptances.stream()
                .filter(entry -> entry.seq() > one.seq() && names(entry).contains(name))
                .findFirst()
                .map(entry -> one.accepted(words(entry)))
                .orElse(one);
    }

    private static List<String> names(AuditRecord entry) {
        int end = entry.detail().indexOf(PARTED);
        return end < 0 ? List.of() : List.of(entry.detail().substring(0, end).split(","));
    }

    private static String words(AuditRecord entry) {
        String reason = entry.detail().substring(entry.detail().indexOf(PARTED) + PARTED.length());
        return entry.actor() + ", " + entry.time() + PARTED + reason;
    }
}
