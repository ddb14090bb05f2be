package io.visionops.security.internal.audit.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.audit.AuditReport;
import io.visionops.security.internal.audit.AuditFacts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.felix.hc.api.Result;
import org.junit.jupiter.api.Test;

class AuditCheckTest {

    private static final Instant NOW = Instant.parse("2026-05-01T10:00:00Z");

    private static AuditReport report(Instant time, AuditReport.Finding... findings) {
        return new AuditReport(
                time,
                Duration.ofSeconds(1),
                9,
                1,
                9,
                2,
                3,
                true,
                true,
                List.of(findings),
                "/data/audit");
    }

    private static Result judge(String trouble, long lost, AuditReport report) {
        return AuditCheck.judge(new AuditFacts(trouble, 9, 0, lost, Optional.of(report), ""), NOW);
    }

    @Test
    void auditThatIsWrittenAndAsItWasIsWell() {
        assertThat(judge("", 0, report(NOW)).getStatus()).isEqualTo(Result.Status.OK);
        assertThat(
                        AuditCheck.judge(new AuditFacts("", 9, 0, 0, Optional.empty(), ""), NOW)
                                .getStatus())
                .isEqualTo(Result.Status.OK);
    }

    @Test
    void changeIsCriticalAndNamesItsLine() {
        Result result =
                judge("", 0, report(NOW, new AuditReport.Finding("edited", true, 5, 0, "why")));

        assertThat(result.getStatus()).isEqualTo(Result.Status.CRITICAL);
        assertThat(result.toString()).contains("edited, line 5, epoch 0: why");
    }

    @Test
    void noteIsNoTrouble() {
        assertThat(
                        judge(
                                        "",
                                        0,
                                        report(
                                                NOW,
                                                new AuditReport.Finding(
                                                        "torn-tail", false, 5, 0, "why")))
                                .getStatus())
                .isEqualTo(Result.Status.OK);
    }

    @Test
    void auditThatCannotBeWrittenOrHasLostEntriesIsCritical() {
        assertThat(judge("disk full", 0, report(NOW)).getStatus())
                .isEqualTo(Result.Status.CRITICAL);
        assertThat(judge("", 1, report(NOW)).getStatus()).isEqualTo(Result.Status.CRITICAL);
    }

    @Test
    void verificationThatIsOldWarns() {
        assertThat(judge("", 0, report(NOW.minus(Duration.ofHours(3)))).getStatus())
                .isEqualTo(Result.Status.WARN);
    }
}
