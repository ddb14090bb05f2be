package io.visionops.console.internal;

import io.visionops.api.health.HealthMonitor;
import io.visionops.api.health.HealthReport;
import io.visionops.api.health.HealthStatus;
import io.visionops.api.time.Ticker;
import io.visionops.support.document.HealthDocument;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** What programs that look after this one are told. Waits for nothing. Thread-safe. */
final class HealthAnswers {

    /** The part health may be replaced; without any news for longer, nobody looks any more. */
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Supplier<Optional<HealthMonitor>> monitor;
    private final Ticker ticker;
    private volatile long toldAt;

    HealthAnswers(Supplier<Optional<HealthMonitor>> monitor, Ticker ticker) {
        this.monitor = monitor;
        this.ticker = ticker;
        this.toldAt = ticker.nanos();
    }

    /** Whether the program lives; what does not should be restarted. */
    boolean isLive() {
        Optional<HealthReport> report = report();
        if (report.isPresent()) {
            return report.get().live().compareTo(HealthStatus.CRITICAL) < 0;
        }
        return ticker.nanos() - toldAt <= PATIENCE.toNanos();
    }

    /** Whether it does its job. */
    boolean isReady() {
        return report().map(HealthReport::ready)
                        .orElse(HealthStatus.CRITICAL)
                        .compareTo(HealthStatus.WARN)
                <= 0;
    }

    /** Every check; empty when nobody knows. */
    Optional<HealthDocument> tree() {
        return monitor.get()
                .flatMap(
                        one ->
                                one.report()
                                        .map(
                                                report ->
                                                        one.isOverdue()
                                                                ? HealthDocument.overdue(report)
                                                                : HealthDocument.of(report)));
    }

    /** News, not old ones. */
    private Optional<HealthReport> report() {
        Optional<HealthReport> report =
                monitor.get().filter(one -> !one.isOverdue()).flatMap(HealthMonitor::report);
        if (report.isPresent()) {
            toldAt = ticker.nanos();
        }
        return report;
    }
}
