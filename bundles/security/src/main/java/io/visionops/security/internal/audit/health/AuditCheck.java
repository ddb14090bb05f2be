package io.visionops.security.internal.audit.health;

import io.visionops.api.audit.AuditReport;
import io.visionops.security.internal.audit.AuditComponent;
import io.visionops.security.internal.audit.AuditFacts;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.felix.hc.api.FormattingResultLog;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Whether the audit is written, and nobody has changed it. Reads what the last verification has
 * come to: no I/O and no lock.
 */
@Component(
        property = {
            "hc.name=visionops.security.audit",
            "hc.tags=visionops",
            "hc.tags=security",
            "visionops.remedy=audit-verify says what was found; keep DIR/audit as it is, for who looks into it; audit-accept then"
        })
public final class AuditCheck implements HealthCheck {

    /** Verified every hour, with an hour of patience. */
    private static final Duration OLD = Duration.ofHours(2);

    private static final int SHOWN = 3;

    private final AuditComponent audit;
    private final Clock clock = Clock.systemUTC();

    @Activate
    public AuditCheck(@Reference AuditComponent audit) {
        this.audit = audit;
    }

    @Override
    public Result execute() {
        return judge(audit.facts(), clock.instant());
    }

    static Result judge(AuditFacts facts, Instant now) {
        FormattingResultLog log = new FormattingResultLog();
        if (!facts.trouble().isEmpty()) {
            log.critical(
                    "the audit cannot be written: {}. {} entries wait; look at the disk of the data"
                            + " folder",
                    facts.trouble(),
                    facts.waiting());
        }
        if (facts.lost() > 0) {
            log.critical(
                    "{} entries of the audit are lost since the start: the disk did not take them",
                    facts.lost());
        }
        if (!facts.unverified().isEmpty()) {
            log.warn("the audit could not be verified: {}", facts.unverified());
        }
        if (facts.verified().isEmpty()) {
            log.info("{} lines; the first verification is still to come", facts.lines());
        } else {
            judge(facts.verified().get(), now, log);
        }
        return new Result(log);
    }

    private static void judge(AuditReport report, Instant now, FormattingResultLog log) {
        List<AuditReport.Finding> found =
                report.findings().stream().filter(AuditReport.Finding::isOpen).toList();
        long accepted =
                report.findings().stream().filter(AuditReport.Finding::tampering).count()
                        - found.size();
        for (AuditReport.Finding one : found.subList(0, Math.min(SHOWN, found.size()))) {
            log.critical(
                    "the audit was changed: {}, line {}, epoch {}: {}. audit-verify says more; keep"
                            + " DIR/audit as it is",
                    one.kind(),
                    one.seq(),
                    one.epoch(),
                    one.words());
        }
        if (Duration.between(report.time(), now).compareTo(OLD) > 0) {
            log.warn("the audit was last verified at {}: see the log for why", report.time());
        } else if (found.isEmpty()) {
            log.info(
                    "{} lines are as they were written{}, verified at {}",
                    report.lines(),
                    accepted == 0 ? "" : " but for " + accepted + " findings that were accepted",
                    report.time());
        }
    }
}
