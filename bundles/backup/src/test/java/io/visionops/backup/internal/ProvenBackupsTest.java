package io.visionops.backup.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.visionops.api.backup.BackupException;
import io.visionops.api.backup.BackupInfo;
import io.visionops.api.subject.Actor;
import io.visionops.api.time.Ticker;
import io.visionops.backup.internal.destination.RetentionRule;
import io.visionops.backup.internal.work.BackupJournal;
import io.visionops.backup.internal.work.DataFolder;
import io.visionops.backup.internal.work.Maker;
import io.visionops.backup.internal.work.Stages;
import io.visionops.backup.internal.work.Trial;
import io.visionops.testkit.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProvenBackupsTest {

    private static final Actor ANNA = Actor.user("anna");
    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

    @TempDir Path data;

    private final ManualClock clock = new ManualClock(NOON);
    private BackupSettings settings;
    private KnownBackups known;
    private ProvenBackups proven;

    @BeforeEach
    void make() throws IOException {
        Path file = Files.writeString(data.resolve("visionops.db"), "one\ntwo\n");
        Files.createDirectories(data.resolve("etc"));
        settings = BackupSettings.defaults(data);
        SecureRandom random = new SecureRandom();
        FakeDatabase database = new FakeDatabase(file);
        Stages stages = new Stages(clock);
        DataFolder folder = new DataFolder(data, data.resolve("etc"), Optional::empty);
        known = new KnownBackups(() -> settings, random);
        proven =
                new ProvenBackups(
                        () -> settings,
                        known,
                        new Maker(folder, database, "1.0.0", random, clock, stages),
                        new Trial(folder, database, stages),
                        new BackupJournal(data.resolve("backup"), clock, Ticker.system(), random),
                        clock);
    }

    private List<BackupInfo> list() throws BackupException {
        return known.target().list();
    }

    private static void damage(Path backup) throws IOException {
        byte[] bytes = Files.readAllBytes(backup);
        bytes[bytes.length - 40] ^= 4;
        Files.write(backup, bytes);
    }

    @Test
    void aBackupIsProvenAsSoonAsItIsMade() throws Exception {
        String done = proven.make(ANNA);

        BackupInfo made = list().get(0);
        assertThat(made.proven()).hasValue(NOON);
        assertThat(done)
                .isEqualTo(
                        made.id()
                                + " of "
                                + made.bytes()
                                + " bytes was made and proven by a restore");
    }

    @Test
    void anIncrementWithoutAFullBackupIsAFullOneAndSaysSo() throws Exception {
        assertThat(proven.increment(ANNA))
                .startsWith("there was no full backup to build on: visionops-");
        assertThat(list().get(0).isFull()).isTrue();
        clock.advance(Duration.ofHours(1));

        assertThat(proven.increment(ANNA)).startsWith("visionops-");
        assertThat(list().get(0).isFull()).isFalse();
    }

    @Test
    void oneThatIsDamagedIsNoLongerProvenAndTheReasonIsKeptBesideIt() throws Exception {
        proven.make(ANNA);
        BackupInfo made = list().get(0);
        damage(Path.of(made.file()));

        assertThatThrownBy(() -> proven.verify(made.id(), known.file(made.id())))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("damaged");

        assertThat(list().get(0).proven()).isEmpty();
        assertThat(list().get(0).trouble()).contains("damaged");
    }

    @Test
    void ofOneThatLiesElsewhereNothingIsKept() throws Exception {
        proven.make(ANNA);
        BackupInfo made = list().get(0);
        Path elsewhere = Files.copy(Path.of(made.file()), data.resolve("copy.vbk"));
        clock.advance(Duration.ofHours(1));

        assertThat(proven.verify("copy", elsewhere)).isEqualTo("copy was proven by a restore");

        assertThat(list()).containsExactly(made);
    }

    @Test
    void oldOnesAreRemovedWhenANewOneIsProven() throws Exception {
        settings =
                new BackupSettings(
                        settings.target(),
                        settings.keyFile(),
                        settings.daily(),
                        Duration.ZERO,
                        new RetentionRule(1, 1, 0));
        proven.make(ANNA);
        clock.advance(Duration.ofDays(1));

        proven.make(ANNA);

        assertThat(list())
                .extracting(BackupInfo::id)
                .containsExactly("visionops-20260602T120000Z-full");
    }
}
