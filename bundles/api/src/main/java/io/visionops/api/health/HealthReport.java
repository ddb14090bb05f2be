package io.visionops.api.health;

import java.time.Instant;
import java.util.List;

/**
 * What one round of all checks has found.
 *
 * @param status the worst of {@code checks}
 * @param time when the round ended
 * @param round number of the round, from 1 at the start of the part; progress is seen by it
 * @param live the worst of the checks that say whether the program should be restarted; those that
 *     failed by themselves are left out
 * @param ready the worst of the checks that say whether it does its job
 * @param checks the worst first, then by name; what one explains is below it
 */
public record HealthReport(
        HealthStatus status,
        Instant time,
        long round,
        HealthStatus live,
        HealthStatus ready,
        List<HealthNode> checks) {

    public HealthReport {
        checks = List.copyOf(checks);
    }
}
