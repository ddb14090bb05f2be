package io.visionops.store.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.query.LineCount;
import io.visionops.store.internal.encoding.Ids;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The process is killed again and again; what it was told to be written is kept outside. */
@Tag("slow")
class KillTest {

    private static final int KILLS = 5;

    @TempDir Path folder;

    private final Set<UUID> sent = new HashSet<>();
    private final Set<UUID> acknowledged = new HashSet<>();

    @Test
    void nothingThatWasAcknowledgedIsLostAndNothingIsWrittenTwice()
            throws IOException, InterruptedException, SQLException {
        Random random = new Random(7);
        for (int i = 0; i < KILLS; i++) {
            writeAndKill(500 + random.nextInt(3000));
        }
        assertThat(acknowledged).hasSizeGreaterThan(500 * KILLS);
        assertOneNativeLibrary();

        try (TestStore store = new TestStore(folder.resolve("data"))) {
            store.reader();
            Set<UUID> stored = storedEvents(store);
            assertThat(stored)
                    .containsAll(acknowledged.stream().filter(Appender::isEvent).toList());
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

    private void writeAndKill(int acknowledgements) throws IOException, InterruptedException {
        Path temp = Files.createDirectories(folder.resolve("tmp"));
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx128m",
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
            int before = acknowledged.size();
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                take(line);
                if (acknowledged.size() - before >= acknowledgements) {
                    // Unlike the process, its handle leaves what is in the pipe to be read.
                    process.toHandle().destroyForcibly();
                }
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
        try (Connection connection = store.open();
                Statement statement = connection.createStatement();
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
        try (Connection connection = store.open();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA integrity_check")) {
            row.next();
            return row.getString(1);
        }
    }
}
