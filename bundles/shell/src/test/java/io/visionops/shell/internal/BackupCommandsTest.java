package io.visionops.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.backup.BackupException;
import io.visionops.api.backup.BackupInfo;
import io.visionops.api.backup.BackupStatus;
import io.visionops.api.backup.BackupStatus.Stage;
import io.visionops.api.backup.Backups;
import io.visionops.api.backup.RestorePlan;
import io.visionops.api.subject.Actor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupCommandsTest extends ShellTest {

    private static final String ID = "visionops-20260601T021500Z-full";

    @TempDir Path folder;
    private final FakeBackups backups = new FakeBackups();

    @BeforeEach
    void offer() {
        console.offer(Backups.class, backups);
    }

    @Test
    void backupsAreListedWithWhetherTheyAreProven() {
        assertThat(console.run("backup-list"))
                .containsPattern(ID + " .*chunk 3 is damaged")
                .contains("no");
    }

    @Test
    void whoWaitsIsToldWhatCameOfIt() {
        backups.stages = new ArrayList<>(List.of(Stage.COPYING, Stage.WRITING, Stage.DONE));

        assertThat(console.run("backup-now --wait")).contains("what came of it");
        assertThat(backups.calls).containsExactly("now");
    }

    @Test
    void whoDoesNotWaitIsToldHowToGoOn() {
        backups.stages = new ArrayList<>(List.of(Stage.COPYING));

        assertThat(console.run("backup-verify " + ID)).contains("begun", "backup-status");
        assertThat(backups.calls).containsExactly("verify " + ID);
    }

    @Test
    void aFailureEndsTheCommandWithItsReason() {
        backups.stages = new ArrayList<>(List.of(Stage.READING, Stage.FAILED));

        assertThat(console.fail("backup-verify --wait " + ID))
                .contains("verify failed: what came of it");
    }

    @Test
    void aTrialShowsThePlanAndBeginsNothing() {
        assertThat(console.run("backup-restore --dry-run " + ID))
                .contains("events", "17 rows", "etc/io.visionops.camera-front.cfg", "1. first")
                .contains("nothing was changed");
        assertThat(backups.calls).containsExactly("plan " + ID + " Optional.empty");
    }

    @Test
    void anIncrementIsMadeWhenAskedFor() {
        assertThat(console.run("backup-now --increment")).contains("begun");
        assertThat(backups.calls).containsExactly("increment");
    }

    @Test
    void theNewestProvenBackupUntilATimeIsFound() {
        backups.list =
                List.of(
                        backup("visionops-20260101T120000Z-increment", NOW, true),
                        backup(
                                "visionops-20260101T110000Z-increment",
                                NOW.minusSeconds(3600),
                                false),
                        backup("visionops-20260101T100000Z-full", NOW.minusSeconds(7200), true));

        assertThat(console.run("backup-restore --until 30m --dry-run")).contains("nothing was");
        assertThat(console.run("backup-restore --until 2026-01-01T12:00:00Z")).contains("begun");
        assertThat(backups.calls)
                .containsExactly(
                        "plan visionops-20260101T100000Z-full Optional.empty",
                        "restore visionops-20260101T120000Z-increment Optional.empty");
        assertThat(console.fail("backup-restore --until 1d"))
                .isEqualTo("there is no proven backup that is not newer than 1d\n");
        assertThat(console.fail("backup-restore")).contains("or --until TIME");
        assertThat(console.fail("backup-restore --until 1d " + ID)).contains("or --until TIME");
    }

    @Test
    void theKeyOfAnotherInstallationComesFromAFile() throws Exception {
        Path key = Files.writeString(folder.resolve("recovery.key"), "AAAA-BBBB\n");

        assertThat(console.run("backup-restore --key-file " + key + " /media/usb/a.vbk"))
                .contains("begun");
        assertThat(backups.calls).containsExactly("restore /media/usb/a.vbk Optional[AAAA-BBBB]");
    }

    @Test
    void theRecoveryKeyIsPrinted() {
        assertThat(console.run("backup-key"))
                .contains("AAAA-BBBB", "apart from this computer")
                .doesNotContain("the one before");
    }

    @Test
    void anotherKeyIsMadeWhenAskedFor() {
        assertThat(console.run("backup-key --rotate")).contains("CCCC-DDDD", "the one before too");
        assertThat(backups.calls).containsExactly("rotate");
    }

    private static BackupInfo backup(String id, Instant time, boolean proven) {
        return new BackupInfo(
                id,
                id.replaceFirst(".*-", ""),
                time,
                1,
                0,
                proven ? Optional.of(time) : Optional.empty(),
                proven ? "" : "chunk 3 is damaged",
                "/backups/" + id + ".vbk");
    }

    private static final class FakeBackups implements Backups {

        final List<String> calls = new ArrayList<>();

        /** One a look, the last for ever. */
        List<Stage> stages = new ArrayList<>(List.of(Stage.IDLE));

        @Override
        public BackupStatus status() {
            Stage stage = stages.size() > 1 ? stages.remove(0) : stages.get(0);
            return new BackupStatus(
                    stage,
                    "verify",
                    ID,
                    "what came of it",
                    1,
                    2,
                    NOW,
                    "/backups",
                    Optional.empty());
        }

        List<BackupInfo> list = List.of(backup(ID, NOW, false));

        @Override
        public List<BackupInfo> list() {
            return list;
        }

        @Override
        public void increment(Actor by) {
            calls.add("increment");
        }

        @Override
        public void now(Actor by) {
            calls.add("now");
        }

        @Override
        public void verify(String id, Actor by) {
            calls.add("verify " + id);
        }

        @Override
        public RestorePlan plan(String backup, Optional<String> key) {
            calls.add("plan " + backup + " " + key);
            return plan();
        }

        @Override
        public RestorePlan restore(String backup, Optional<String> key, Actor by)
                throws BackupException {
            calls.add("restore " + backup + " " + key);
            return plan();
        }

        private static RestorePlan plan() {
            return new RestorePlan(
                    "/backups/" + ID + ".vbk",
                    NOW,
                    "1.0.0",
                    4,
                    100,
                    Map.of("events", 17L),
                    List.of("etc/io.visionops.camera-front.cfg"),
                    List.of(),
                    200,
                    List.of("first", "then"));
        }

        @Override
        public String recoveryKey(Actor by) {
            return "AAAA-BBBB";
        }

        @Override
        public String rotateKey(Actor by) {
            calls.add("rotate");
            return "CCCC-DDDD";
        }
    }
}
