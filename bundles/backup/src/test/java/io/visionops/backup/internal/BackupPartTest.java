package io.visionops.backup.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.visionops.api.backup.BackupException;
import io.visionops.api.backup.BackupInfo;
import io.visionops.api.backup.BackupStatus;
import io.visionops.api.backup.BackupStatus.Stage;
import io.visionops.api.backup.RestorePlan;
import io.visionops.api.subject.Actor;
import io.visionops.api.time.Ticker;
import io.visionops.backup.internal.destination.RetentionRule;
import io.visionops.backup.internal.key.BackupKey;
import io.visionops.backup.internal.work.BackupJournal;
import io.visionops.backup.internal.work.DataFolder;
import io.visionops.backup.internal.work.Maker;
import io.visionops.backup.internal.work.Restorer;
import io.visionops.backup.internal.work.Stages;
import io.visionops.backup.internal.work.Trial;
import io.visionops.testkit.ManualClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupPartTest {

    private static final Actor ANNA = Actor.user("anna");
    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

    @TempDir Path data;
    private final ManualClock clock = new ManualClock(NOON);
    private Path file;
    private FakeDatabase database;
    private BackupSettings settings;
    private BackupPart part;

    @BeforeEach
    void start() throws Exception {
        file = Files.writeString(data.resolve("visionops.db"), "one\ntwo\nthree\n");
        Files.createDirectories(data.resolve("models"));
        Files.writeString(data.resolve("models/person.onnx"), "weights");
        etc("io.visionops.camera-front.cfg", "url = rtsp://anna:sesame@front/1\n");
        etc("admin-password", "secret\n");
        etc("host.key", "secret\n");
        etc("users.properties", "admin = {CRYPT}x\n");
        database = new FakeDatabase(file);
        settings = BackupSettings.defaults(data);
        part = part();
    }

    @AfterEach
    void stop() {
        part.close();
    }

    private BackupPart part() {
        SecureRandom random = new SecureRandom();
        Stages stages = new Stages(clock);
        DataFolder folder =
                new DataFolder(
                        data,
                        data.resolve("etc"),
                        () -> Optional.of(data.resolve("keys/master.key")));
        Trial trial = new Trial(folder, database, stages);
        return new BackupPart(
                () -> settings,
                now -> new Schedule(now.daily(), Duration.ZERO, ZoneOffset.UTC, NOON),
                new Maker(folder, database, "1.0.0", random, clock, stages),
                trial,
                new Restorer(folder, database, trial, clock, stages),
                new BackupJournal(data.resolve("backup"), clock, Ticker.system(), random),
                stages,
                random,
                clock);
    }

    @Test
    void aBackupIsMadeProvenAndListed() throws Exception {
        part.now(ANNA);
        BackupStatus status = awaitEnd();

        assertThat(status.stage()).as(status.toString()).isEqualTo(Stage.DONE);
        List<BackupInfo> backups = part.list();
        assertThat(backups).hasSize(1);
        assertThat(backups.get(0).id()).isEqualTo("visionops-20260601T120000Z-full");
        assertThat(backups.get(0).proven()).hasValue(NOON);
        assertThat(backups.get(0).time()).isEqualTo(NOON);
        assertThat(backups.get(0).databaseBytes()).isEqualTo(Files.size(file));
        assertThat(data.resolve("backup-scratch")).doesNotExist();
    }

    @Test
    void aRestoreBringsDatabaseConfigurationAndModelsBackButNoLogin() throws Exception {
        part.now(ANNA);
        awaitEnd();
        String id = part.list().get(0).id();
        Files.writeString(file, "another\n");
        Files.delete(data.resolve("models/person.onnx"));
        etc("io.visionops.camera-front.cfg", "url = rtsp://elsewhere/1\n");
        etc("io.visionops.camera-new.cfg", "url = rtsp://new/1\n");
        etc("users.properties", "admin = {CRYPT}y\n");
        etc("admin-password", "another\n");

        RestorePlan plan = part.plan(id, Optional.empty());
        assertThat(plan.configuration()).containsExactly("etc/io.visionops.camera-front.cfg");
        assertThat(plan.models()).containsExactly("models/person.onnx");
        assertThat(plan.rows()).containsEntry("events", 3L);
        assertThat(file).hasContent("another");

        assertThat(part.restore(id, Optional.empty(), ANNA)).isEqualTo(plan);
        BackupStatus status = awaitEnd();

        assertThat(status.stage()).as(status.toString()).isEqualTo(Stage.DONE);
        assertThat(status.detail()).contains("2 files", "2 of events");
        assertThat(file).hasContent("one\ntwo\nthree");
        assertThat(data.resolve("models/person.onnx")).hasContent("weights");
        assertThat(data.resolve("etc/io.visionops.camera-front.cfg")).content().contains("sesame");
        assertThat(data.resolve("etc/io.visionops.camera-new.cfg")).exists();
        assertThat(data.resolve("etc/users.properties")).content().contains("{CRYPT}y");
        assertThat(data.resolve("etc/admin-password")).hasContent("another");
        assertThat(
                        data.resolve("quarantine")
                                .resolve("configuration-" + NOON.toEpochMilli())
                                .resolve("etc/io.visionops.camera-front.cfg"))
                .content()
                .contains("elsewhere");
    }

    @Test
    void secretsComeBackWithTheirKeyToBeTakenOver() throws Exception {
        Path secrets = data.resolve("secrets/secrets.json");
        Files.createDirectories(secrets.getParent());
        Files.createDirectories(data.resolve("keys"));
        Files.writeString(secrets, "sealed\n");
        Files.writeString(data.resolve("keys/master.key"), "the key\n");
        part.now(ANNA);
        awaitEnd();
        String id = part.list().get(0).id();
        assertThat(part.plan(id, Optional.empty()).configuration()).isEmpty();

        Files.writeString(secrets, "others\n");
        Files.writeString(data.resolve("keys/master.key"), "another key\n");
        assertThat(part.plan(id, Optional.empty()).configuration())
                .containsExactly("secrets/master.key", "secrets/secrets.json");
        part.restore(id, Optional.empty(), ANNA);
        awaitEnd();

        Path restored = data.resolve("secrets/restored");
        assertThat(restored.resolve("secrets.json")).hasContent("sealed");
        assertThat(restored.resolve("master.key")).hasContent("the key");
        assertThat(
                        PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(restored.resolve("master.key"))))
                .isEqualTo("rw-------");
        assertThat(secrets).hasContent("others");
        assertThat(data.resolve("keys/master.key")).hasContent("another key");
    }

    @Test
    void aMasterKeyThatAPassphraseLocksIsBackedUpAsItIsAndTakesThePlaceOfAnyOther()
            throws Exception {
        Path secrets = data.resolve("secrets/secrets.json");
        Files.createDirectories(secrets.getParent());
        Files.createDirectories(data.resolve("keys"));
        Files.writeString(secrets, "sealed\n");
        Files.writeString(data.resolve("keys/master.key.locked"), "the locked key\n");
        part.now(ANNA);
        awaitEnd();
        String id = part.list().get(0).id();
        Files.writeString(secrets, "others\n");
        Path restored = Files.createDirectories(data.resolve("secrets/restored"));
        Files.writeString(restored.resolve("master.key"), "of a restore before\n");

        assertThat(part.plan(id, Optional.empty()).configuration())
                .containsExactly("secrets/master.key.locked", "secrets/secrets.json");
        part.restore(id, Optional.empty(), ANNA);
        awaitEnd();

        assertThat(restored.resolve("secrets.json")).hasContent("sealed");
        assertThat(restored.resolve("master.key.locked")).hasContent("the locked key");
        assertThat(restored.resolve("master.key")).doesNotExist();
        assertThat(data.resolve("keys/master.key.locked")).hasContent("the locked key");
    }

    @Test
    void aDamagedBackupIsMarkedWhenItIsVerifiedAndChangesNothingWhenItIsRestored()
            throws Exception {
        part.now(ANNA);
        awaitEnd();
        BackupInfo backup = part.list().get(0);
        byte[] bytes = Files.readAllBytes(Path.of(backup.file()));
        bytes[bytes.length - 1] ^= 1;
        Files.write(Path.of(backup.file()), bytes);

        assertThatThrownBy(() -> part.restore(backup.id(), Optional.empty(), ANNA))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("damaged");
        part.verify(backup.id(), ANNA);
        BackupStatus status = awaitEnd();

        assertThat(status.stage()).isEqualTo(Stage.FAILED);
        assertThat(part.list().get(0).proven()).isEmpty();
        assertThat(part.list().get(0).trouble()).contains("damaged");
        part.look();
        assertThat(part.facts().unproven()).isEqualTo(backup.id());
        assertThat(file).hasContent("one\ntwo\nthree");
    }

    @Test
    void anotherInstallationNeedsTheRecoveryKeyAndKeepsIt() throws Exception {
        part.now(ANNA);
        awaitEnd();
        String recovery = part.recoveryKey(ANNA);
        Path outside = Path.of(part.list().get(0).file());
        Files.delete(data.resolve("keys/backup.key"));

        assertThatThrownBy(() -> part.restore(outside.toString(), Optional.empty(), ANNA))
                .hasMessageContaining("no backup key")
                .hasMessageContaining("--key-file");
        String wrong = BackupKey.random(new SecureRandom()).recoveryText();
        assertThatThrownBy(() -> part.restore(outside.toString(), Optional.of(wrong), ANNA))
                .hasMessageContaining("another key");
        part.restore(outside.toString(), Optional.of(recovery), ANNA);
        assertThat(awaitEnd().stage()).isEqualTo(Stage.DONE);

        assertThat(part.recoveryKey(ANNA)).isEqualTo(recovery);
    }

    @Test
    void afterTheKeyWasChangedBackupsOfBothAreProvenRestoredAndKeptByTheSameRule()
            throws Exception {
        keep(new RetentionRule(1, 1, 0));
        part.now(ANNA);
        awaitEnd();
        BackupInfo first = part.list().get(0);
        String before = part.recoveryKey(ANNA);

        String rotated = part.rotateKey(ANNA);
        assertThat(rotated).isNotEqualTo(before).isEqualTo(part.recoveryKey(ANNA));
        part.verify(first.id(), ANNA);
        assertThat(awaitEnd().stage()).isEqualTo(Stage.DONE);
        Files.writeString(file, "another\n");
        part.restore(first.id(), Optional.empty(), ANNA);
        assertThat(awaitEnd().stage()).isEqualTo(Stage.DONE);
        assertThat(file).hasContent("one\ntwo\nthree");
        assertThat(part.plan(first.file(), Optional.of(before)).rows()).isNotEmpty();
        assertThatThrownBy(() -> part.plan(first.file(), Optional.of(rotated)))
                .hasMessageContaining("another key");

        clock.advance(Duration.ofDays(1));
        part.now(ANNA);
        awaitEnd();
        BackupInfo second = part.list().get(0);
        assertThat(part.list()).containsExactly(second);
        assertThat(part.plan(second.file(), Optional.of(rotated)).rows()).isNotEmpty();
        try (Stream<Path> keys = Files.list(data.resolve("keys"))) {
            for (Path key : keys.toList()) {
                assertThat(Files.getPosixFilePermissions(key))
                        .as(key.toString())
                        .isEqualTo(PosixFilePermissions.fromString("r--------"));
            }
        }
    }

    @Test
    void anIncrementHoldsWhatHasChangedAndIsRestoredWithTheFullOneBesideIt() throws Exception {
        lines(0, 200_000);
        part.now(ANNA);
        awaitEnd();
        lines(200_000, 200_100);
        String text = Files.readString(file);
        clock.advance(Duration.ofHours(1));

        part.increment(ANNA);
        BackupStatus status = awaitEnd();
        assertThat(status.stage()).as(status.toString()).isEqualTo(Stage.DONE);
        BackupInfo increment = part.list().get(0);
        BackupInfo full = part.list().get(1);
        assertThat(increment.kind()).isEqualTo("increment");
        assertThat(increment.proven()).hasValue(clock.instant());
        assertThat(increment.databaseBytes()).isEqualTo(Files.size(file));
        assertThat(increment.bytes()).isLessThan(full.bytes() / 10);

        Files.writeString(file, "another\n");
        part.restore(increment.id(), Optional.empty(), ANNA);
        assertThat(awaitEnd().stage()).isEqualTo(Stage.DONE);
        assertThat(file).hasContent(text);

        Path elsewhere = Files.createDirectories(data.resolve("elsewhere"));
        Path alone =
                Files.copy(Path.of(increment.file()), elsewhere.resolve(increment.id() + ".vbk"));
        part.restore(alone.toString(), Optional.empty(), ANNA);
        assertThat(awaitEnd().detail()).contains(full.id()).contains("put that beside it");
        // Another full backup of that name.
        Files.copy(Path.of(increment.file()), elsewhere.resolve(full.id() + ".vbk"));
        part.restore(alone.toString(), Optional.empty(), ANNA);
        assertThat(awaitEnd().detail()).contains("is not the one that");
        assertThat(file).hasContent(text);
    }

    @Test
    void withoutAFullBackupToBuildOnAFullOneIsMade() throws Exception {
        part.increment(ANNA);
        assertThat(awaitEnd().detail()).contains("no full backup to build on").contains("-full");
        clock.advance(Duration.ofHours(1));
        part.rotateKey(ANNA);
        part.increment(ANNA);
        assertThat(awaitEnd().detail()).contains("no full backup to build on");
        clock.advance(Duration.ofHours(1));
        Path kept = data.resolve("backup/last-full.blocks");
        byte[] bytes = Files.readAllBytes(kept);
        bytes[bytes.length / 2] ^= 1;
        Files.write(kept, bytes);
        part.increment(ANNA);
        assertThat(awaitEnd().detail()).contains("no full backup to build on");
        clock.advance(Duration.ofHours(1));
        part.increment(ANNA);
        assertThat(awaitEnd().detail()).doesNotContain("no full backup").contains("-increment");
    }

    @Test
    void anIncrementIsMadeEachHourAndADamagedOneIsFound() throws Exception {
        clock.advance(Duration.ofHours(1));
        part.look();
        assertThat(awaitEnd().detail()).contains("-full");
        part.look();
        assertThat(part.status().next()).hasValue(clock.instant().plus(Duration.ofHours(1)));
        clock.advance(Duration.ofHours(1));
        part.look();
        assertThat(awaitEnd().detail()).contains("-increment");
        part.look();
        assertThat(part.list()).hasSize(2);

        BackupInfo increment = part.list().get(0);
        byte[] bytes = Files.readAllBytes(Path.of(increment.file()));
        bytes[bytes.length - 40] ^= 4;
        Files.write(Path.of(increment.file()), bytes);
        part.verify(increment.id(), ANNA);
        assertThat(awaitEnd().stage()).isEqualTo(Stage.FAILED);
        assertThat(part.list().get(0).trouble()).contains("damaged");
    }

    private void keep(RetentionRule rule) {
        settings =
                new BackupSettings(
                        settings.target(),
                        settings.keyFile(),
                        settings.daily(),
                        Duration.ZERO,
                        rule);
    }

    private void lines(int from, int to) throws Exception {
        StringBuilder text = new StringBuilder();
        for (int i = from; i < to; i++) {
            text.append("row ").append(Integer.toHexString(i * 0x9E3779B1)).append('\n');
        }
        Files.writeString(
                file,
                text,
                from == 0 ? StandardOpenOption.TRUNCATE_EXISTING : StandardOpenOption.APPEND);
    }

    @Test
    void theDatabaseAloneIsPutInPlaceOfTheNewestBackupThatIsProven() throws Exception {
        assertThatThrownBy(() -> part.restoreDatabase(ANNA))
                .isInstanceOf(BackupException.class)
                .hasMessage("there is no proven backup");
        part.now(ANNA);
        awaitEnd();
        Files.writeString(file, "another\n");
        etc("io.visionops.camera-front.cfg", "url = rtsp://elsewhere/1\n");

        assertThat(part.restoreDatabase(ANNA))
                .contains("the database of visionops-20260601T120000Z-full was restored")
                .contains("2 of events");
        assertThat(file).hasContent("one\ntwo\nthree");
        assertThat(data.resolve("etc/io.visionops.camera-front.cfg"))
                .content()
                .contains("elsewhere");

        Path backup = Path.of(part.list().get(0).file());
        byte[] bytes = Files.readAllBytes(backup);
        bytes[bytes.length - 40] ^= 4;
        Files.write(backup, bytes);
        assertThatThrownBy(() -> part.restoreDatabase(ANNA))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("damaged");
        assertThat(file).hasContent("one\ntwo\nthree");
    }

    @Test
    void oneWorkAtATime() throws Exception {
        database.gate = new CountDownLatch(1);
        part.now(ANNA);

        assertThatThrownBy(() -> part.now(ANNA))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("a backup is under way");
        database.gate.countDown();

        assertThat(awaitEnd().stage()).isEqualTo(Stage.DONE);
    }

    @Test
    void theDailyBackupIsMadeWhenItIsDueAndOldOnesGo() throws Exception {
        keep(new RetentionRule(2, 1, 0));
        part.look();
        assertThat(part.status().work()).isEmpty();
        for (int day = 0; day < 4; day++) {
            clock.advance(Duration.ofDays(1));
            part.look();
            assertThat(awaitEnd().stage()).isEqualTo(Stage.DONE);
            part.look();
        }

        assertThat(part.list())
                .extracting(BackupInfo::id)
                .containsExactly(
                        "visionops-20260605T120000Z-full", "visionops-20260604T120000Z-full");
        assertThat(part.status().next()).hasValue(Instant.parse("2026-06-06T02:15:00Z"));
    }

    @Test
    void whatFailsIsToldInOneLineAndTriedAgainLater() throws Exception {
        Files.writeString(data.resolve("backups"), "a file, no folder");
        part.now(ANNA);
        BackupStatus status = awaitEnd();

        assertThat(status.stage()).isEqualTo(Stage.FAILED);
        assertThat(status.detail()).contains("backups", "is it mounted?").doesNotContain("\n");
        assertThat(status.next()).hasValue(NOON.plus(Schedule.AGAIN));
    }

    private void etc(String name, String text) throws Exception {
        Files.createDirectories(data.resolve("etc"));
        Files.writeString(data.resolve("etc").resolve(name), text);
    }

    private BackupStatus awaitEnd() {
        await().until(() -> part.status().stage().isOver() && !part.isBusy());
        return part.status();
    }
}
