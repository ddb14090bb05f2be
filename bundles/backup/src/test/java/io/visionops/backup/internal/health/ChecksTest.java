package io.visionops.backup.internal.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.backup.internal.BackupFacts;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.felix.hc.api.Result;
import org.apache.felix.hc.api.Result.Status;
import org.junit.jupiter.api.Test;

class ChecksTest {

    private static final Instant START = Instant.parse("2026-06-01T12:00:00Z");
    private static final BackupFacts NONE =
            new BackupFacts(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    "",
                    "",
                    Optional.empty(),
                    true);

    @Test
    void aBackupOfTodayIsWellAndOneOfTheDayBeforeIsNot() {
        BackupFacts facts =
                new BackupFacts(
                        Optional.of(START),
                        Optional.of(START),
                        Optional.of(START),
                        "",
                        "",
                        Optional.empty(),
                        true);

        assertThat(age(facts, Duration.ofHours(26)).getStatus()).isEqualTo(Status.OK);
        assertThat(age(facts, Duration.ofHours(27)).getStatus()).isEqualTo(Status.WARN);
    }

    @Test
    void inTheFirstDayNoBackupIsMissed() {
        assertThat(age(NONE, Duration.ofHours(1)).getStatus()).isEqualTo(Status.OK);
        assertThat(age(NONE, Duration.ofHours(27)).getStatus()).isEqualTo(Status.WARN);
    }

    @Test
    void aFolderThatCannotBeReadIsNamed() {
        BackupFacts facts =
                new BackupFacts(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        "",
                        "the folder /nfs cannot be read",
                        Optional.empty(),
                        true);

        Result result = age(facts, Duration.ofHours(1));

        assertThat(result.getStatus()).isEqualTo(Status.WARN);
        assertThat(result.toString()).contains("/nfs");
    }

    @Test
    void aBackupThatCannotBeRestoredIsCritical() {
        BackupFacts facts =
                new BackupFacts(
                        Optional.of(START),
                        Optional.of(START),
                        Optional.empty(),
                        "visionops-20260601T120000Z-full",
                        "chunk 3 is damaged",
                        Optional.empty(),
                        true);

        Result result = ProvenCheck.judge(facts);

        assertThat(result.getStatus()).isEqualTo(Status.CRITICAL);
        assertThat(result.toString())
                .contains("visionops-20260601T120000Z-full", "chunk 3 is damaged", "backup-now");
        assertThat(ProvenCheck.judge(NONE).getStatus()).isEqualTo(Status.OK);
    }

    @Test
    void aBackupThatWasNotMadeWarns() {
        BackupFacts facts =
                new BackupFacts(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        "",
                        "",
                        Optional.of(START),
                        true);

        assertThat(ProvenCheck.judge(facts).getStatus()).isEqualTo(Status.WARN);
    }

    private static Result age(BackupFacts facts, Duration later) {
        return AgeCheck.judge(facts, START, START.plus(later));
    }
}
