package io.visionops.support.document;

import io.visionops.api.health.HealthNode;
import io.visionops.api.health.HealthReport;
import io.visionops.api.health.HealthStatus;
import java.time.Instant;
import java.util.List;

/**
 * How every part is.
 *
 * @param status {@code OK}, {@code WARN}, {@code TEMPORARILY_UNAVAILABLE}, {@code CRITICAL} or
 *     {@code HEALTH_CHECK_ERROR}: the worst of the checks
 */
public record HealthDocument(String status, List<CheckRow> checks) {

    /**
     * A check, or a cause that explains several.
     *
     * @param remedy what to do; may be empty
     */
    public record CheckRow(
            String name,
            String part,
            String status,
            String cause,
            Instant since,
            String remedy,
            List<CheckRow> children) {

        static CheckRow of(HealthNode node) {
            return new CheckRow(
                    node.name(),
                    node.part(),
                    node.status().name(),
                    node.cause(),
                    node.since(),
                    node.remedy(),
                    node.children().stream().map(CheckRow::of).toList());
        }
    }

    /** Old news: what was found then is below what is wrong now. */
    public static HealthDocument overdue(HealthReport report) {
        return new HealthDocument(
                HealthStatus.CRITICAL.name(),
                List.of(
                        new CheckRow(
                                "visionops.health.rounds",
                                "health",
                                HealthStatus.CRITICAL.name(),
                                "no round of health checks has ended since then",
                                report.time(),
                                "look at the load of this computer; if it stays, visionops restart",
                                of(report).checks())));
    }

    public static HealthDocument of(HealthReport report) {
        return new HealthDocument(
                report.status().name(), report.checks().stream().map(CheckRow::of).toList());
    }
}
