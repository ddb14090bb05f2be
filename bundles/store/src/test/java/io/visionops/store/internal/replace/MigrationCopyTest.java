package io.visionops.store.internal.replace;

import static io.visionops.store.internal.TestStore.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.journal.Entry;
import io.visionops.store.internal.TestStore;
import io.visionops.store.internal.sqlite.Database;
import io.visionops.testkit.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MigrationCopyTest {

    @TempDir Path folder;
    private final ManualClock clock = new ManualClock(NOON);
    private Database database;

    @BeforeEach
    void write() {
        database = new Database(folder.resolve("visionops.db"));
        try (TestStore store = new TestStore(folder)) {
            store.append(Entry.of(TestStore.crossing("gate", NOON, "door", "person")));
        }
    }

    private List<Path> copies() throws IOException {
        Path copies = folder.resolve("before-migration");
        if (Files.notExists(copies)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(copies)) {
            return all.toList();
        }
    }

    @Test
    void aDatabaseIsCopiedBeforeItsSchemaIsChangedAndANewOneIsNot() throws Exception {
        assertThat(copies()).isEmpty();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database.file());
                Statement statement = connection.createStatement()) {
            // As a newer program would have left it.
            statement.executeUpdate("CREATE TABLE later (x INTEGER)");
            statement.executeUpdate("INSERT INTO schema_version VALUES (99, 'later', '', 0)");
            statement.executeUpdate(
                    "CREATE TABLE IF NOT EXISTS schema_undo (version INTEGER PRIMARY KEY, sql TEXT"
                            + " NOT NULL) STRICT");
            statement.executeUpdate("INSERT INTO schema_undo VALUES (99, 'DROP TABLE later')");
        }

        try (TestStore store = new TestStore(folder)) {
            assertThat(store.reader().events(TestStore.all(10)).events()).hasSize(1);
        }
        assertThat(copies()).hasSize(1);
        assertThat(copies().get(0).getFileName().toString()).startsWith("schema-99-2026");
        assertThat(DatabaseInspection.of(copies().get(0)).rows()).containsKey("later");
    }

    @Test
    void theLastOneIsKeptUntilABackupIsProvenOrItIsOld() throws Exception {
        MigrationCopy copy = new MigrationCopy(folder, clock);
        copy.make(database, 3);
        clock.advance(Duration.ofDays(1));
        copy.make(database, 4);
        assertThat(copies()).hasSize(1);

        copy.removeOld(Optional.of(NOON));
        assertThat(copies()).hasSize(1);
        copy.removeOld(Optional.of(clock.instant().plusSeconds(1)));
        assertThat(copies()).isEmpty();

        copy.make(database, 4);
        clock.advance(MigrationCopy.LONGEST.plusSeconds(1));
        copy.removeOld(Optional.empty());
        assertThat(copies()).isEmpty();
    }

    @Test
    void withoutRoomNoneIsMadeAndTheFormerOneStays() throws Exception {
        new MigrationCopy(folder, clock).make(database, 3);
        List<Path> before = copies();

        clock.advance(Duration.ofDays(1));
        new MigrationCopy(folder, () -> 1 << 20, clock).make(database, 4);

        assertThat(copies()).isEqualTo(before);
    }
}
