package io.visionops.store.internal.repair;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.journal.Entry;
import io.visionops.api.journal.Event;
import io.visionops.api.journal.Fact;
import io.visionops.api.journal.Severity;
import io.visionops.api.subject.Subject;
import io.visionops.store.internal.TestStore;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseRepairTest {

    private static final int EVENTS = 400;
    private static final int PAGE = 4096;

    @TempDir Path folder;
    private Path file;

    @BeforeEach
    void write() {
        file = folder.resolve("visionops.db");
        try (TestStore store = new TestStore(folder)) {
            for (int i = 0; i < EVENTS; i++) {
                store.append(
                        Entry.of(
                                Event.of(
                                        UUID.randomUUID(),
                                        Event.Type.INCIDENT,
                                        Subject.part("ingest"),
                                        Severity.INFO,
                                        TestStore.NOON.plusSeconds(i),
                                        "word" + i + " " + "x".repeat(200))));
            }
        }
    }

    private static void damage(Path file, long from, int length) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.seek(from);
            bytes.write(new byte[length]);
        }
    }

    /** As after a crash: what was closed in order is not looked at. */
    private void crash() throws IOException {
        Files.write(folder.resolve("visionops.db.in-use"), new byte[0]);
    }

    private long events(TestStore store) {
        return details(store).size();
    }

    private List<String> details(TestStore store) {
        return store.reader().events(TestStore.all(1000)).events().stream()
                .map(one -> one.event().detail())
                .toList();
    }

    private List<Path> quarantined() throws IOException {
        try (Stream<Path> all = Files.walk(folder.resolve("quarantine"))) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    @Test
    void whatWasNotClosedInOrderAndIsSoundIsLeftAlone() throws Exception {
        crash();

        try (TestStore store = new TestStore(folder)) {
            assertThat(events(store)).isEqualTo(EVENTS);
        }
        assertThat(folder.resolve("quarantine")).doesNotExist();
        assertThat(folder.resolve("visionops.db.in-use")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 7})
    void ofADamagedDatabaseWhatIsSoundIsTakenOver(int number) throws Exception {
        damage(file, leafPages().get(number), PAGE);
        crash();

        try (TestStore store = new TestStore(folder)) {
            store.append(afterwards());

            // A page holds some 12 of them; one tells of the repair, and one came afterwards.
            assertThat(events(store)).isBetween(EVENTS - 20L, EVENTS - 1L);
            assertThat(details(store)).anyMatch(words -> words.contains("rows were saved"));
        }
        assertThat(quarantined()).extracting(Path::getFileName).contains(Path.of("visionops.db"));
    }

    /** A bit that flips in the head of a row makes a text of what was bytes. */
    @Test
    void rowsWithValuesThatTheirTableCannotHoldAreLeftOut() throws Exception {
        try (TestStore store = new TestStore(folder)) {
            for (int i = 0; i < 8; i++) {
                store.append(new Fact.Expected("gate", TestStore.NOON.plusSeconds(i), i % 2 == 0));
            }
        }
        change(
                "PRAGMA writable_schema = ON",
                "UPDATE sqlite_schema SET sql = replace(sql, 'STRICT', '')"
                        + " WHERE name = 'entries_seen'");
        change(
                "UPDATE entries_seen SET id = 'text' || seq"
                        + " WHERE seq IN (SELECT seq FROM entries_seen LIMIT 3)");
        change(
                "PRAGMA writable_schema = ON",
                "UPDATE sqlite_schema SET sql = sql || ' STRICT' WHERE name = 'entries_seen'");

        String words =
                new DatabaseRepair(folder, file, Clock.systemUTC()).repair("by the test").words();

        assertThat(words).contains("3 were damaged and left out");
        try (TestStore store = new TestStore(folder)) {
            assertThat(events(store)).isEqualTo(EVENTS);
        }
    }

    private void change(String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            for (String one : statements) {
                statement.execute(one);
            }
        }
    }

    @Test
    void whateverPageIsDamagedTheDatabaseIsUsedAgain() throws Exception {
        byte[] whole = Files.readAllBytes(file);
        for (long from = 0; from < whole.length; from += PAGE * 9L) {
            Files.write(file, whole);
            damage(file, from, PAGE);
            crash();

            try (TestStore store = new TestStore(folder)) {
                store.append(afterwards());
                assertThat(details(store)).contains("afterwards");
            }
        }
    }

    private static Entry afterwards() {
        return Entry.of(
                Event.of(
                        UUID.randomUUID(),
                        Event.Type.INCIDENT,
                        Subject.part("ingest"),
                        Severity.INFO,
                        TestStore.NOON.plusSeconds(EVENTS),
                        "afterwards"));
    }

    /** Where events lie: leaves of tables begin with 13. */
    private List<Long> leafPages() throws IOException {
        byte[] whole = Files.readAllBytes(file);
        List<Long> pages = new ArrayList<>();
        for (int from = PAGE; from < whole.length; from += PAGE) {
            String page = new String(whole, from, PAGE, StandardCharsets.ISO_8859_1);
            if (whole[from] == 13 && page.contains("x".repeat(200))) {
                pages.add((long) from);
            }
        }
        return pages;
    }

    @Test
    void aFileThatIsNoDatabaseIsKeptAndANewOneBegun() throws Exception {
        damage(file, 0, PAGE);

        try (TestStore store = new TestStore(folder)) {
            store.append(afterwards());
            assertThat(events(store)).isEqualTo(2);
        }
        assertThat(quarantined()).hasSizeGreaterThanOrEqualTo(1);
    }

    @Test
    void whatWasSavedIsPutInPlaceByTheNextStartWhereOneWasInterrupted() throws Exception {
        Files.move(file, folder.resolve("visionops.db.salvaged"));
        Files.write(folder.resolve("visionops.db.salvaging"), new byte[10]);

        try (TestStore store = new TestStore(folder)) {
            assertThat(events(store)).isEqualTo(EVENTS);
        }
        assertThat(folder.resolve("visionops.db.salvaging")).doesNotExist();
        assertThat(folder.resolve("visionops.db.salvaged")).doesNotExist();
    }

    @Test
    void theThreeNewestDamagedOnesAreKept() throws Exception {
        for (int i = 0; i < 5; i++) {
            Files.createDirectories(folder.resolve("quarantine/2026010" + i + "T000000Z"));
        }
        damage(file, 0, PAGE);

        try (TestStore store = new TestStore(folder)) {
            store.append(afterwards());
            assertThat(events(store)).isEqualTo(2);
        }
        try (Stream<Path> all = Files.list(folder.resolve("quarantine"))) {
            assertThat(all).hasSize(3);
        }
    }
}
