package io.visionops.security.internal.audit.health;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.visionops.api.audit.AuditReport;
import io.visionops.security.internal.audit.AuditComponent;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** How far the audit is, and what its last verification has found. Thread-safe. */
@Component(service = MeterBinder.class)
public final class AuditMeters implements MeterBinder {

    private final AuditComponent audit;

    @Activate
    public AuditMeters(@Reference AuditComponent audit) {
        this.audit = audit;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("visionops.audit.lines", audit, one -> one.facts().lines())
                .description("Number of the last line of the audit")
                .register(registry);
        Gauge.builder("visionops.audit.waiting", audit, one -> one.facts().waiting())
                .description("Entries of the audit that are not on the disk yet")
                .register(registry);
        FunctionCounter.builder("visionops.audit.lost", audit, one -> one.facts().lost())
                .description("Entries of the audit that the disk did not take, since the start")
                .register(registry);
        Gauge.builder("visionops.audit.findings", audit, AuditMeters::findings)
                .description("Signs that the audit was changed, in its last verification")
                .register(registry);
        Gauge.builder("visionops.audit.verified.timestamp", audit, AuditMeters::verified)
                .description("When the audit was last verified")
                .baseUnit("seconds")
                .register(registry);
    }

    private static double findings(AuditComponent audit) {
        return audit.facts()
                .verified()
                .map(
                        report ->
                                (double)
                                        report.findings().stream()
                                                .filter(AuditReport.Finding::tampering)
                                                .count())
                .orElse(Double.NaN);
    }

    private static double verified(AuditComponent audit) {
        return audit.facts()
                .verified()
                .map(report -> (double) report.time().getEpochSecond())
                .orElse(Double.NaN);
    }
}
