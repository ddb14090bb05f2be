package io.visionops.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.health.HealthMonitor;
import io.visionops.api.health.HealthNode;
import io.visionops.api.health.HealthReport;
import io.visionops.api.health.HealthResult;
import io.visionops.api.health.HealthStatus;
import io.visionops.api.journal.JournalRecord;
import io.visionops.api.query.JournalReader;
import io.visionops.api.query.RecordPage;
import io.visionops.api.query.RecordQuery;
import io.visionops.api.subject.Actor;
import io.visionops.api.subject.Subject;
import java.time.Duration;
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
            return check.equals("visionops.store.open")
                    ? List.of(
                            new HealthResult(
                                    NOW, HealthStatus.CRITICAL, "closed", Duration.ofMillis(4)))
                    : List.of();
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

    private FakeJournalReader ledger(String body) {
        FakeJournalReader ledger = new FakeJournalReader();
        ledger.records =
                new RecordPage(
                        List.of(
                                new RecordPage.Stored(
                                        new JournalRecord(
                                                "health",
                                                new Subject("check", "visionops.store.open"),
                                                NOW.minusSeconds(60),
                                                Actor.part("health"),
                                                body),
                                        Optional.empty())),
                        Optional.empty());
        console.offer(JournalReader.class, ledger);
        return ledger;
    }

    @Test
    void theHistoryOfACheckHasItsRoundsAndItsChanges() {
        offer(FakeMonitor.of(HealthStatus.CRITICAL, CLOSED));
        FakeJournalReader ledger =
                ledger("{\"status\":\"CRITICAL\",\"before\":\"OK\",\"cause\":\"closed\"}");

        assertThat(console.run("health-history visionops.store.open --json"))
                .isEqualTo(
                        """
                        {"check":"visionops.store.open","results":[{\
                        "time":"2026-01-01T12:00:00.000Z","status":"CRITICAL","cause":"closed",\
                        "tookMs":4}],"changes":[{"check":"visionops.store.open",\
                        "time":"2026-01-01T11:59:00.000Z","status":"CRITICAL","before":"OK",\
                        "cause":"closed","remedy":null}]}
                        """);
        assertThat(ledger.queries)
                .contains(
                        new RecordQuery(
                                Optional.of("health"),
                                Optional.of(new Subject("check", "visionops.store.open")),
                                Optional.empty(),
                                Optional.empty(),
                                50,
                                Optional.empty()));
        assertThat(console.run("health-history visionops.store.open"))
                .contains("4 ms", "2026-01-01 11:59:00", "OK", "CRITICAL");
    }

    @Test
    void changesOfAnotherFormAreShownAsFarAsTheyAreKnown() {
        ledger("{\"level\":7}");

        assertThat(console.run("health-history --json")).contains("\"status\":null");
    }

    @Test
    void aCheckThatNobodyKnowsIsAMistake() {
        offer(FakeMonitor.of(HealthStatus.OK));
        console.offer(JournalReader.class, new FakeJournalReader());

        assertThat(console.fail("health-history visionops.nobody.knows"))
                .startsWith("there is no check visionops.nobody.knows");
        assertThat(console.fail("health-history --limit 0")).contains("--limit 0");
    }

    @Test
    void namesOfChecksAreOffered() {
        offer(FakeMonitor.of(HealthStatus.CRITICAL, CLOSED));

        assertThat(console.complete("health-history visionops."))
                .containsExactly("visionops.ingest.journal", "visionops.store.open");
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
