package io.visionops.store.internal.integrity;

import static io.visionops.store.internal.TestStore.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.camera.CameraState;
import io.visionops.api.checkpoint.Checkpoint;
import io.visionops.api.geometry.Box;
import io.visionops.api.journal.Entry;
import io.visionops.api.journal.Event.Direction;
import io.visionops.api.journal.Fact;
import io.visionops.api.journal.JournalRecord;
import io.visionops.api.subject.Actor;
import io.visionops.api.subject.Subject;
import io.visionops.store.internal.TestStore;
import io.visionops.store.internal.repair.DatabaseRepair;
import io.visionops.store.internal.sqlite.Database;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Single bits of the file are flipped. Each is found, or all that can be read is what was written;
 * and what is repaired holds nothing that was not written. {@code -Dvisionops.flips=5000} for more.
 */
class BitFlipTest {

    private static final int FLIPS = Integer.getInteger("visionops.flips", 200);
    private static final long SEED = Long.getLong("visionops.flips.seed", 7);

    @TempDir Path folder;
    private Path sound;
    private Map<String, Set<String>> written = Map.of();

    @BeforeEach
    void write() throws Exception {
        Path made = Files.createDirectories(folder.resolve("made"));
        try (TestStore store = new TestStore(made)) {
            for (int i = 0; i < 120; i++) {
                fill(store, NOON.plusSeconds(20L * i), "camera" + i % 3);
            }
        }
        sound = made.resolve("visionops.db");
        written = rows(sound);
        assertThat(written.values()).allMatch(rows -> !rows.isEmpty());
        assertThat(damage(sound)).isEmpty();
    }

    private static void fill(TestStore store, Instant time, String camera) {
        store.append(
                Entry.of(
                        TestStore.crossing(camera, time, "door", "person"),
                        new Fact.Crossing(camera, time, "door", "person", Direction.OUT),
                        new Fact.Snapshot(camera, new byte[10])));
        store.append(
                new Fact.Counters(
                        camera, time, List.of("door"), List.of("hall"), List.of("person")),
                Fact.Account.watched(camera, time, Duration.ofSeconds(15)),
                new Fact.Expected(camera, time, true),
                new Fact.StateChange(camera, time, CameraState.IDLE, Optional.empty(), ""),
                new JournalRecord("weather", Subject.camera(camera), time, Actor.user("a"), "{}"),
                new Fact.Measured(camera, Fact.Metric.LATE_MS, time, 12.5, 3),
                new Fact.Occupancy(camera, time, Duration.ofSeconds(15), "hall", "person", 3),
                new Fact.Tracks(
                        camera,
                        1,
                        time,
                        List.of(new Fact.Tracked(1, "person", 0.9, new Box(0, 0, 1, 1)))));
        TestStore.await(store.checkpoints().save(new Checkpoint(camera, 1, time, "{\"ü\":1}")));
    }

    @Test
    void everyFlippedBitIsFoundBeforeUseOrChangesNothingThatCanBeRead() throws Exception {
        Random random = new Random(SEED);
        byte[] whole = Files.readAllBytes(sound);
        Path database = folder.resolve("visionops.db");
        int found = 0;
        for (int i = 0; i < FLIPS; i++) {
            int at = random.nextInt(whole.length);
            int bit = 1 << random.nextInt(8);
            byte[] flipped = whole.clone();
            flipped[at] ^= (byte) bit;
            Files.write(database, flipped);
            String where = "byte " + at + " of page " + at / 4096 + ", bit " + bit;

            List<String> damage = damage(database);
            if (damage.isEmpty()) {
                assertThat(rows(database)).as(where).isEqualTo(written);
            } else {
                found++;
                assertThatItIsRepaired(database, where + " " + damage);
            }
            clean(database);
        }
        assertThat(found).isGreaterThan(FLIPS / 3);
    }

    @Test
    void aFlippedBitInTheWordsThatDescribeATableIsFoundOrChangesNothing() throws Exception {
        Random random = new Random(SEED);
        byte[] whole = Files.readAllBytes(sound);
        byte[] words = "CREATE TABLE counters".getBytes(StandardCharsets.US_ASCII);
        int from = indexOf(whole, words);
        Path database = folder.resolve("visionops.db");
        for (int at = from; at < from + 250; at += 3) {
            byte[] flipped = whole.clone();
            flipped[at] ^= (byte) (1 << random.nextInt(8));
            Files.write(database, flipped);

            if (damage(database).isEmpty()) {
                assertThat(rows(database)).as("byte %s of %s", at, from).isEqualTo(written);
            }
            clean(database);
        }
    }

    private static int indexOf(byte[] bytes, byte[] wanted) {
        for (int at = 0; at <= bytes.length - wanted.length; at++) {
            if (Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length)) {
                return at;
            }
        }
        throw new AssertionError("not in it");
    }

    /** In words; what is done where the database cannot even be opened. */
    private List<String> damage(Path database) throws IOException, InterruptedException {
        try (IntegrityWatch watch =
                new IntegrityWatch(
                        new Database(database),
                        new IntegrityState(folder.resolve("unused")),
                        () -> 0,
                        (result, by) -> {},
                        Clock.systemUTC(),
                        System::nanoTime)) {
            return watch.check(true, Actor.part("store"), progress -> {}).damage().stream()
                    .map(one -> one.inWords())
                    .toList();
        } catch (IOException refused) {
            return List.of("refused: " + refused.getMessage());
        }
    }

    private void assertThatItIsRepaired(Path database, String where) throws Exception {
        String words =
                new DatabaseRepair(folder, database, Clock.systemUTC()).repair(where).words();

        assertThat(damage(database)).as(where).isEmpty();
        Map<String, Set<String>> saved = rows(database);
        saved.forEach(
                (table, rows) ->
                        assertThat(written.get(table)).as(where + table).containsAll(rows));
        if (!saved.equals(written)) {
            assertThat(words).as(where).matches(".*(left out|could be read|can be read).*");
        }
    }

    private void clean(Path database) throws IOException {
        for (String ending : List.of("", "-wal", "-shm")) {
            Files.deleteIfExists(Path.of(database + ending));
        }
    }

    /** Every row that carries a checksum, and what the search index finds. */
    private static Map<String, Set<String>> rows(Path database) throws SQLException {
        Map<String, Set<String>> all = new TreeMap<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement statement = connection.createStatement()) {
            List<CheckedTable> tables = CheckedTable.of(connection);
            for (CheckedTable table : tables) {
                all.put(table.name(), rows(statement, "SELECT * FROM " + table.name()));
            }
            all.put(
                    "found",
                    rows(
                            statement,
                            "SELECT rowid FROM events_text WHERE events_text MATCH"
                                    + " 'person AND door'"));
        }
        return all;
    }

    private static Set<String> rows(Statement statement, String query) throws SQLException {
        Set<String> rows = new TreeSet<>();
        try (ResultSet row = statement.executeQuery(query)) {
            int columns = row.getMetaData().getColumnCount();
            while (row.next()) {
                List<String> values = new ArrayList<>();
                for (int i = 1; i <= columns; i++) {
                    Object value = row.getObject(i);
                    values.add(
                            value instanceof byte[] bytes
                                    ? HexFormat.of().formatHex(bytes)
                                    : String.valueOf(value));
                }
                rows.add(String.join("|", values));
            }
        }
        return rows;
    }
}
