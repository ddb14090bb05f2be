package io.visionops.store.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.query.LineCount;
import io.visionops.api.subject.Actor;
import io.visionops.store.internal.encoding.Ids;
import io.visionops.support.FolderTree;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The process is killed again and again; what it was told to be written is kept outside. {@code
 * -Dvisionops.kills=500} for the long form, with {@code -Djava.io.tmpdir=/dev/shm}: a kill loses
 * nothing that the system has, so the disk adds its waits alone.
 */
@Tag("slow")
class KillTest {

    private static final int KILLS = Integer.getInteger("visionops.kills", 10);

    /** A check of all rows takes long where there are many. */
    private static final int KILLS_A_CHECK = 25;

    private static final List<String> FILES =
            List.of("visionops.db", "visionops.db-wal", "visionops.db.in-use");

    @TempDir Path folder;

    private final Set<UUID> sent = new HashSet<>();
    private final Set<UUID> acknowledged = new HashSet<>();

    @Test
    void nothingThatWasAcknowledgedIsLostAndNothingIsWrittenTwice()
            throws IOException, InterruptedException, SQLException {
        Random random = new Random(7);
        for (int kill = 1; kill <= KILLS; kill++) {
            if (kill % 5 == 0) {
                // While it opens the database that was killed before, or soon after.
                writeAndKillAfter(random.nextInt(1500));
            } else {
                writeAndKill(1 + random.nextInt(800));
            }
            assertThatTheFilesHoldAll(kill);
        }
        assertThat(acknowledged).hasSizeGreaterThan(100 * KILLS);
        assertOneNativeLibrary();
        assertThat(folder.resolve("data/quarantine")).doesNotExist();
        System.out.printf(
                Locale.ROOT,
                "%d kills: %d entries sent, %d acknowledged, none of these lost%n",
                KILLS,
                sent.size(),
                acknowledged.size());

        try (TestStore store = new TestStore(folder.resolve("data"))) {
            store.reader();
            Set<UUID> stored = storedEvents(store);
            assertThat(lost(stored)).isEmpty();
            assertThat(counted(store, "door")).isEqualTo(stored.size());
            // The caller replays what was not acknowledged, and more than that.
            sent.forEach(id -> store.append(Appender.entry(id)));

            long events = sent.stream().filter(Appender::isEvent).count();
            assertThat(storedEvents(store)).hasSize((int) events);
            assertThat(counted(store, "door")).isEqualTo(events);
            assertThat(counted(store, "exit")).isEqualTo(sent.size() - events);
            assertThat(integrity(store)).isEqualTo("ok");
        }
    }

    /** A copy of them is opened, so that the next process finds them as this one has left them. */
    private void assertThatTheFilesHoldAll(int kill)
            throws IOException, InterruptedException, SQLException {
        Path copy = Files.createDirectory(folder.resolve("copy"));
        for (String name : FILES) {
            Path file = folder.resolve("data").resolve(name);
            if (Files.exists(file)) {
                Files.copy(file, copy.resolve(name));
            }
        }
        if (kill % KILLS_A_CHECK == 0 || kill == KILLS) {
            try (TestStore store = new TestStore(copy)) {
                assertThat(
                                store.maintenance()
                                        .check(true, Actor.user("anna"), progress -> {})
                                        .damage())
                        .as("after kill %d", kill)
                        .isEmpty();
            }
            assertThat(copy.resolve("quarantine")).doesNotExist();
        }
        try (Connection connection =
                DriverManager.getConnection(
                        "jdbc:sqlite:" + copy.resolve("visionops.db").toAbsolutePath())) {
            assertThat(lost(storedEvents(connection))).as("after kill %d", kill).isEmpty();
            assertThat(integrity(connection)).as("after kill %d", kill).isEqualTo("ok");
        }
        FolderTree.remove(copy);
    }

    /** By the sets themselves: there are a hundred thousand of them in the long form. */
    private Set<UUID> lost(Set<UUID> stored) {
        Set<UUID> lost = new HashSet<>(acknowledged);
        lost.removeIf(id -> !Appender.isEvent(id) || stored.contains(id));
        return lost;
    }

    private void writeAndKill(int acknowledgements) throws IOException, InterruptedException {
        int before = acknowledged.size();
        run(
                process -> {
                    if (acknowledged.size() - before >= acknowledgements) {
                        kill(process);
                    }
                },
                process -> {});
    }

    private void writeAndKillAfter(int millis) throws IOException, InterruptedException {
        run(
                process -> {},
                process ->
                        CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS)
                                .execute(() -> kill(process)));
    }

    /** Unlike the process, its handle leaves what is in the pipe to be read. */
    private static void kill(Process process) {
        process.toHandle().destroyForcibly();
    }

    /**
     * @param line called after each line that it has said
     * @param start called once it runs
     */
    private void run(Consumer<Process> line, Consumer<Process> start)
            throws IOException, InterruptedException {
        Path temp = Files.createDirectories(folder.resolve("tmp"));
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx128m",
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-Djava.io.tmpdir=" + temp,
                                "-cp",
                                System.getProperty("java.class.path"),
                                Appender.class.getName(),
                                folder.resolve("data").toString())
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        try (BufferedReader out =
                        new BufferedReader(
                                new InputStreamReader(
                                        process.getInputStream(), StandardCharsets.UTF_8));
                Writer in = process.outputWriter()) {
            for (UUID id : sent) {
                if (!acknowledged.contains(id)) {
                    in.write(id + "\n");
                }
            }
            in.write("\n");
            in.flush();
            start.accept(process);
            for (String said = out.readLine(); said != null; said = out.readLine()) {
                take(said);
                line.accept(process);
            }
            assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(137);
        } finally {
            process.destroyForcibly();
        }
    }

    /** The last line may be torn by the kill, and then says nothing. */
    private void take(String line) {
        String id = line.substring(line.indexOf(' ') + 1);
        if (id.length() == 36) {
            (line.startsWith("sent") ? sent : acknowledged).add(UUID.fromString(id));
        }
    }

    private void assertOneNativeLibrary() throws IOException {
        assertThat(files(folder.resolve("tmp"))).isEmpty();
        assertThat(files(folder.resolve("data/natives"))).hasSize(1);
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    private static Set<UUID> storedEvents(TestStore store) throws SQLException {
        try (Connection connection = store.open()) {
            return storedEvents(connection);
        }
    }

    private static Set<UUID> storedEvents(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT id FROM events")) {
            Set<UUID> ids = new HashSet<>();
            while (row.next()) {
                ids.add(Ids.of(row.getBytes(1)));
            }
            return ids;
        }
    }

    private static long counted(TestStore store, String line) {
        return store.reader().lineCounts(CountsTest.everything()).stream()
                .filter(row -> row.line().equals(line))
                .map(LineCount::count)
                .mapToLong(count -> count.orElse(0))
                .sum();
    }

    private static String integrity(TestStore store) throws SQLException {
        try (Connection connection = store.open()) {
            return integrity(connection);
        }
    }

    private static String integrity(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA integrity_check")) {
            row.next();
            return row.getString(1);
        }
    }
}
