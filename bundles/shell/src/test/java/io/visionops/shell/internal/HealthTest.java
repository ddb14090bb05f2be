package io.visionops.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.health.HealthMonitor;
import io.visionops.api.health.HealthNode;
import io.visionops.api.health.HealthReport;
import io.visionops.api.health.HealthResult;
import io.visionops.api.health.HealthStatus;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HealthTest extends ShellTest {

    private static final HealthNode WAITING =
            new HealthNode(
                    "visionops.ingest.journal",
                    "ingest",
                    HealthStatus.WARN,
                    "entries wait",
                    NOW.minusSeconds(60),
                    "look at the database",
                    List.of());

    private static final HealthNode CLOSED =
            new HealthNode(
                    "visionops.store.open",
                    "store",
                    HealthStatus.CRITICAL,
                    "the database is not open",
                    NOW.minusSeconds(65),
                    "restore a backup",
                    List.of(WAITING));

    /** Says always the same. */
    private record FakeMonitor(Optional<HealthReport> report, boolean isOverdue)
            implements HealthMonitor {

        static FakeMonitor of(HealthStatus status, HealthNode... checks) {
            return new FakeMonitor(
                    Optional.of(new HealthReport(status, NOW, 7, status, status, List.of(checks))),
                    false);
        }

        @Override
        public List<HealthResult> history(String check) {
            return List.of();
        }
    }

    private void offer(HealthMonitor monitor) {
        console.offer(HealthMonitor.class, monitor);
    }

    @Test
    void whatIsWrongStandsWithItsCauseAndWhatToDo() {
        offer(FakeMonitor.of(HealthStatus.CRITICAL, CLOSED));

        assertThat(console.run("health"))
                .startsWith("CRITICAL\n")
                .contains("visionops.store.open", "1m 5s", "the database is not open")
                .contains("- visionops.ingest.journal")
                .endsWith("visionops.store.open: restore a backup\n");
    }

    @Test
    void theDocumentHasTheTree() {
        offer(FakeMonitor.of(HealthStatus.CRITICAL, CLOSED));

        assertThat(console.run("health --json"))
                .isEqualTo(
                        """
                        {"status":"CRITICAL","checks":[{"name":"visionops.store.open",\
                        "part":"store","status":"CRITICAL","cause":"the database is not open",\
                        "since":"2026-01-01T11:58:55.000Z","remedy":"restore a backup",\
                        "children":[{"name":"visionops.ingest.journal","part":"ingest",\
                        "status":"WARN","cause":"entries wait",\
                        "since":"2026-01-01T11:59:00.000Z","remedy":"look at the database",\
                        "children":[]}]}]}
                        """);
    }

    @Test
    void theExitStatusIsThatOfTheWorst() {
        offer(FakeMonitor.of(HealthStatus.OK));
        assertThat(console.status("health")).isZero();
    }

    @Test
    void aWarningIsDegraded() {
        offer(FakeMonitor.of(HealthStatus.WARN, WAITING));
        assertThat(console.status("health --json")).isEqualTo(1);
    }

    @Test
    void aCriticalCheckIsCritical() {
        offer(FakeMonitor.of(HealthStatus.CRITICAL, CLOSED));
        assertThat(console.status("health")).isEqualTo(2);
    }

    @Test
    void oldNewsAreCritical() {
        HealthReport well =
                new HealthReport(
                        HealthStatus.OK, NOW, 7, HealthStatus.OK, HealthStatus.OK, List.of());
        offer(new FakeMonitor(Optional.of(well), true));

        assertThat(console.run("health")).startsWith("CRITICAL\n").contains("no round");
        assertThat(console.status("health")).isEqualTo(2);
    }

    @Test
    void beforeTheFirstRoundItSaysSo() {
        offer(new FakeMonitor(Optional.empty(), false));

        assertThat(console.fail("health")).contains("have just been started");
    }

    @Test
    void withoutThePartItSaysSo() {
        assertThat(console.fail("health")).contains("the health monitor is not available");
    }
}
