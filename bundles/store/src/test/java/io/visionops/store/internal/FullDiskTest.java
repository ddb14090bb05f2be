package io.visionops.store.internal;

import static io.visionops.store.internal.TestStore.NOON;
import static io.visionops.store.internal.TestStore.all;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.visionops.api.journal.Entry;
import io.visionops.api.journal.EntryRefusedException;
import io.visionops.api.journal.Event;
import io.visionops.api.journal.JournalException;
import io.visionops.api.subject.Actor;
import io.visionops.store.internal.encoding.Ids;
import io.visionops.store.internal.maintenance.UpkeepSettings;
import io.visionops.store.internal.write.JournalWriter;
import io.visionops.testkit.ManualClock;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A disk that is full, or turns read-only, at any moment. {@code -Dvisionops.fulldisk=50} for more.
 */
@Tag("slow")
class FullDiskTest {

    private static final int ROUNDS = Integer.getInteger("visionops.fulldisk", 10);
    private static final UpkeepSettings MEGABYTE = new UpkeepSettings(Optional.empty(), 1L << 20);

    @TempDir Path scratch;
    private final Random random = new Random(11);
    private final Set<UUID> acknowledged = new HashSet<>();

    private static TestStore open(MountedDisk disk) throws IOException {
        return new TestStore(disk.dataFolder(), new ManualClock(NOON), MEGABYTE);
    }

    @Test
    void nothingThatWasAcknowledgedIsLostOnAFullDiskAndWritingGoesOnByItself() throws Exception {
        try (MountedDisk disk = MountedDisk.inMemory(scratch, 40)) {
            Path reserve = disk.folder().resolve("visionops.db.reserve");
            Path other = disk.folder().resolve("other");
            for (int round = 0; round < ROUNDS; round++) {
                try (TestStore store = open(disk)) {
                    await().atMost(20, TimeUnit.SECONDS).until(() -> Files.exists(reserve));
                    write(store, 10 + random.nextInt(300));
                    fill(disk, other, random.nextInt(400_000));
                    writeUntilItIsFull(store);

                    assertThat(store.reader().events(all(10)).events()).hasSize(10);
                    assertThat(store.trouble().orElse("")).contains("the disk is full", "2 MB");
                    assertThat(reserve).doesNotExist();
                    deleteSome(store);

                    Files.delete(other);
                    await().atMost(20, TimeUnit.SECONDS).until(() -> isWritten(store));
                    assertThat(store.trouble()).isEmpty();
                    assertThat(stored(store)).containsAll(acknowledged);
                }
            }
            assertThatItIsSound(disk);
        }
    }

    @Test
    void nothingThatWasAcknowledgedIsLostWhenTheDiskTurnsReadOnly() throws Exception {
        try (MountedDisk disk = MountedDisk.inFile(scratch, 64)) {
            try (TestStore store = open(disk)) {
                write(store, 200);
                disk.turnReadOnly();

                assertThatThrownBy(() -> write(store, 50))
                        .isInstanceOf(JournalException.class)
                        .isNotInstanceOf(EntryRefusedException.class);
                assertThat(store.trouble()).isPresent();
            }
            assertThat(disk.unmount()).isTrue();
            assertThat(disk.mend()).isTrue();
            try (TestStore store = open(disk)) {
                assertThat(stored(store)).containsAll(acknowledged);
                write(store, 10);
            }
            assertThatItIsSound(disk);
        }
    }

    private void write(TestStore store, int count) {
        for (int i = 0; i < count; i++) {
            Event event = TestStore.cameraState("gate", NOON, "x".repeat(random.nextInt(2000)));
            store.append(Entry.of(event));
            acknowledged.add(event.id());
        }
    }

    private boolean isWritten(TestStore store) {
        try {
            write(store, 1);
            return true;
        } catch (JournalException e) {
            return false;
        }
    }

    private void writeUntilItIsFull(TestStore store) {
        assertThatThrownBy(() -> write(store, 100_000))
                .isInstanceOf(JournalException.class)
                .isNotInstanceOf(EntryRefusedException.class);
        // From now on at once, and without a try.
        assertThatThrownBy(() -> write(store, 1)).hasMessage("not written: the disk is full");
    }

    /** As the removal of old rows does. */
    private void deleteSome(TestStore store) throws SQLException {
        JournalWriter writer = (JournalWriter) store.journal();
        TestStore.await(
                writer.submit(
                        connection ->
                                connection
                                        .prepared(
                                                "DELETE FROM entries_seen WHERE seq IN (SELECT seq"
                                                        + " FROM entries_seen LIMIT 10)")
                                        .executeUpdate()));
    }

    /** All but so many bytes. */
    private static void fill(MountedDisk disk, Path file, int left) throws IOException {
        byte[] page = new byte[4096];
        try (OutputStream out = Files.newOutputStream(file)) {
            while (disk.free() > left + page.length) {
                out.write(page);
            }
        }
    }

    private static Set<UUID> stored(TestStore store) throws SQLException {
        store.reader();
        Set<UUID> ids = new HashSet<>();
        try (Connection connection = store.open();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT id FROM events")) {
            while (row.next()) {
                ids.add(Ids.of(row.getBytes(1)));
            }
        }
        return ids;
    }

    private void assertThatItIsSound(MountedDisk disk) throws Exception {
        try (TestStore store = open(disk)) {
            assertThat(store.maintenance().check(true, Actor.user("anna"), progress -> {}).damage())
                    .isEmpty();
        }
    }
}
