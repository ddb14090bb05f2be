package io.visionops.store.internal;

import static io.visionops.store.internal.TestStore.NOON;
import static io.visionops.store.internal.TestStore.all;
import static io.visionops.store.internal.TestStore.cameraState;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.visionops.api.journal.Entry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** A database that cannot be used is said so in one line, and used as soon as it can be. */
@Isolated
class OpeningTest {

    @TempDir Path folder;

    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final PrintStream err = System.err;

    @BeforeEach
    void listen() {
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void restore() {
        System.setErr(err);
    }

    @Test
    void garbageIsKeptAsItIsAndADatabaseBegunBesideIt() throws IOException {
        byte[] garbage = new byte[100_000];
        new Random(1).nextBytes(garbage);
        Files.write(folder.resolve("visionops.db"), garbage);

        assertThatItIsMadeAnew("the file is not an SQLite database");
        assertThat(quarantined()).hasBinaryContent(garbage);
    }

    @Test
    void aTornDatabaseIsKeptAndAnotherTakesItsPlace() throws IOException {
        fill();
        Path file = folder.resolve("visionops.db");
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, 5000));

        assertThatItIsMadeAnew("the database is damaged");
        assertThat(quarantined()).hasBinaryContent(Arrays.copyOf(whole, 5000));
    }

    private void assertThatItIsMadeAnew(String cause) {
        try (TestStore store = new TestStore(folder)) {
            store.append(Entry.of(cameraState("gate", NOON, "again")));

            assertThat(store.reader().events(all(10)).events())
                    .extracting(one -> one.event().detail())
                    .contains("again")
                    .anyMatch(words -> words.startsWith("the database was damaged"));
            assertThat(log.toString(StandardCharsets.UTF_8)).contains("is damaged (" + cause);
        }
    }

    private Path quarantined() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("quarantine"))) {
            return files.filter(file -> file.endsWith("visionops.db")).findFirst().orElseThrow();
        }
    }

    @Test
    void theDatabaseOfAnotherProgramIsNotTouched() throws SQLException {
        execute("CREATE TABLE songs (title TEXT)");

        assertThat(refusal()).contains("it is the database of another program");
    }

    @Test
    void aDatabaseOfANewerProgramIsRefused() throws SQLException {
        fill();
        execute("INSERT INTO schema_version VALUES (99, 'later', 'x', 0)");

        assertThat(refusal())
                .contains("its schema has version 99 (later), this program knows 4")
                .contains("written by a newer program");
    }

    @Test
    void aSchemaThatWasMadeByAnotherScriptIsRefused() throws SQLException {
        fill();
        execute("UPDATE schema_version SET sha256 = 'x'");

        assertThat(refusal()).contains("was made by another script than the one of this program");
    }

    @Test
    void aFolderThatCannotBeMadeIsSaidInOneLine() throws IOException {
        Path file = Files.writeString(folder.resolve("data"), "a file");

        try (TestStore store = new TestStore(file.resolve("inner"))) {
            assertThat(firstLine()).contains("is not used:").contains("data");
            assertThat(store.isPublished()).isFalse();
        }
    }

    @Test
    void aFolderThatAnotherStoreUsesIsLeftAloneAndTakenOverWhenItIsFree() {
        TestStore first = new TestStore(folder);
        first.append(Entry.of(cameraState("gate", NOON, "first")));

        try (TestStore second = new TestStore(folder)) {
            assertThat(firstError()).contains("another VisionOps is running on this data folder");
            assertThat(second.isPublished()).isFalse();

            first.close();

            assertThat(second.reader().events(all(10)).events()).hasSize(1);
        }
    }

    @Test
    void aDatabaseThatIsPutRightIsUsedWithoutARestart() throws Exception {
        Path file = folder.resolve("visionops.db");
        execute("CREATE TABLE songs (title TEXT)");

        try (TestStore store = new TestStore(folder)) {
            assertThat(firstLine()).contains("is not used");
            Files.delete(file);

            store.append(Entry.of(cameraState("gate", NOON, "again")));

            assertThat(store.reader().events(all(10)).events()).hasSize(1);
        }
    }

    private String refusal() {
        try (TestStore store = new TestStore(folder)) {
            String line = firstLine();
            assertThat(store.isPublished()).isFalse();
            return line;
        }
    }

    private String firstLine() {
        await().atMost(10, TimeUnit.SECONDS)
                .until(() -> log.toString(StandardCharsets.UTF_8).contains("\n"));
        String said = log.toString(StandardCharsets.UTF_8);
        assertThat(said.lines()).hasSize(1);
        return said;
    }

    private String firstError() {
        await().atMost(10, TimeUnit.SECONDS)
                .until(() -> log.toString(StandardCharsets.UTF_8).contains("ERROR"));
        return log.toString(StandardCharsets.UTF_8);
    }

    private void fill() {
        try (TestStore store = new TestStore(folder)) {
            store.append(Entry.of(cameraState("gate", NOON, "something")));
        }
        log.reset();
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection(
                                "jdbc:sqlite:" + folder.resolve("visionops.db"));
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }
}
