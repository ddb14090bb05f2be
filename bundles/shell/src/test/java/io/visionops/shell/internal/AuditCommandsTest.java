package io.visionops.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.audit.Audit;
import io.visionops.api.audit.AuditEntry;
import io.visionops.api.audit.AuditPage;
import io.visionops.api.audit.AuditQuery;
import io.visionops.api.audit.AuditRecord;
import io.visionops.api.audit.AuditReport;
import io.visionops.api.subject.Actor;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditCommandsTest extends ShellTest {

    @TempDir Path folder;
    private final FakeAudit audit = new FakeAudit();

    @BeforeEach
    void offer() {
        console.offer(Audit.class, audit);
    }

    @Test
    void entriesAreListedWithWhoDidWhat() {
        assertThat(console.run("audit-list --actor anna --action login --limit 2"))
                .containsPattern("7 .*user/anna .*login .*door/ssh .*refused .*wrong password")
                .contains("more with --before 7");
        assertThat(audit.query.actor()).contains("anna");
        assertThat(audit.query.action()).contains("login");
        assertThat(audit.query.limit()).isEqualTo(2);
    }

    @Test
    void numberThatIsNoneIsRefusedInOneLine() {
        assertThat(console.fail("audit-list --before x"))
                .contains("--before x: must be the number of an entry");
    }

    @Test
    void findingsAreOneLineEach() {
        assertThat(console.run("audit-verify")).contains("as it was written: lines 1 to 9");

        audit.findings.add(new AuditReport.Finding("edited", true, 5, 0, "its tag is another"));

        assertThat(console.run("audit-verify"))
                .contains("THE AUDIT WAS CHANGED")
                .contains("CHANGED: edited, line 5, epoch 0: its tag is another");
    }

    @Test
    void whatIsAcceptedIsToldWithWhoDidIt() {
        audit.findings.add(new AuditReport.Finding("edited", true, 5, 0, "its tag is another"));

        assertThat(console.run("audit-accept --reason 'the disk failed'"))
                .contains("as it was written")
                .contains("accepted: edited, line 5, epoch 0: its tag is another (part/shell")
                .contains("the disk failed)");
        assertThat(console.run("audit-verify --json"))
                .contains("\"good\":true")
                .contains("the disk failed");
        Path report = folder.resolve("accepted.html");
        console.run("audit-report " + report);
        assertThat(report).content().contains("accepted: edited", "the disk failed)");
        assertThat(console.fail("audit-accept")).contains("--reason");
    }

    @Test
    void reportIsWrittenInTheFormThatIsAskedFor() {
        Path csv = folder.resolve("report.csv");
        Path html = folder.resolve("report.html");
        Path json = folder.resolve("report.json");

        console.run("audit-report --format csv " + csv);
        console.run("audit-report " + html);
        console.run("audit-report --format json " + json);

        assertThat(csv).content().contains("\"'=1+1, \"\"quoted\"\"\"");
        assertThat(html)
                .content()
                .contains("As it was written", "&lt;b&gt;")
                .doesNotContain("<b>x");
        assertThat(json).content().contains("\"checkpoint\":\"the checkpoint\"");
        assertThat(console.fail("audit-report " + csv)).contains("--force replaces it");
        assertThat(console.fail("audit-report --format pdf x"))
                .contains("must be csv, json or html");
    }

    @Test
    void firstKeyIsPrintedAndRemoved() {
        assertThat(console.run("audit-key")).contains("0 abcd", "audit-key --forget");
        assertThat(console.run("audit-key --forget")).contains("removed");
        assertThat(audit.forgotten).isTrue();
    }

    private static final class FakeAudit implements Audit {

        final List<AuditReport.Finding> findings = new ArrayList<>();
        AuditQuery query =
                new AuditQuery(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        1,
                        OptionalLong.empty());
        boolean forgotten;

        @Override
        public CompletableFuture<Void> append(AuditEntry entry) {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public AuditPage entries(AuditQuery asked, Actor by) {
            query = asked;
            return new AuditPage(
                    List.of(
                            entry(9, "<b>x"),
                            entry(8, "=1+1, \"quoted\""),
                            entry(7, "wrong password")),
                    asked.limit() == 2 ? OptionalLong.of(7) : OptionalLong.empty());
        }

        private static AuditRecord entry(long seq, String detail) {
            return new AuditRecord(
                    seq,
                    0,
                    "record",
                    Instant.parse("2026-05-01T10:00:00Z"),
                    "user/anna",
                    "login",
                    "door/ssh",
                    "refused",
                    detail);
        }

        @Override
        public AuditReport verify(Actor by) {
            return new AuditReport(
                    Instant.parse("2026-05-01T10:00:00Z"),
                    Duration.ofMillis(40),
                    9,
                    1,
                    9,
                    2,
                    3,
                    true,
                    true,
                    findings,
                    "/data/audit");
        }

        @Override
        public AuditReport accept(String reason, Actor by) {
            findings.replaceAll(one -> one.accepted(by + ": " + reason));
            return verify(by);
        }

        @Override
        public Optional<String> checkpoint() {
            return Optional.of("the checkpoint");
        }

        @Override
        public String initialKey(Actor by) {
            return "0 abcd";
        }

        @Override
        public void forgetInitialKey(Actor by) {
            forgotten = true;
        }
    }
}
