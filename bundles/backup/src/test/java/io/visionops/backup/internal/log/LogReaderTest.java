package io.visionops.backup.internal.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.log.LogLevel;
import io.visionops.api.log.LogLine;
import io.visionops.api.log.LogPage;
import io.visionops.api.log.LogQuery;
import io.visionops.api.log.LogTail;
import io.visionops.testkit.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogReaderTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    @TempDir private Path folder;
    private LogReader reader;

    @BeforeEach
    void open() {
        reader = new LogReader(folder, new ManualClock(NOON));
    }

    @Test
    void aFolderWithoutALogHasNoLines() throws IOException {
        assertThat(reader.read(any(10)).lines()).isEmpty();
    }

    @Test
    void theNewestLinesAreReadInTheirOrderAcrossFiles() throws IOException {
        write("events-2026-02-28.1.jsonl", line(1), line(2));
        write("events-2026-02-28.2.jsonl", line(3));
        write("events-2026-02-28.10.jsonl", line(4), line(5));
        write("events-2026-03-01.1.jsonl", line(6));
        write("events.jsonl", line(7), line(8));

        assertThat(messages(reader.read(any(6))))
                .containsExactly("m3", "m4", "m5", "m6", "m7", "m8");
        assertThat(messages(reader.read(any(100)))).hasSize(8).startsWith("m1", "m2");
    }

    @Test
    void linesLongerThanABlockAndMoreThanAFewAreReadWhole() throws IOException {
        String wide = "ü".repeat(100_000);
        write(
                "events.jsonl",
                IntStream.range(0, 3000)
                        .mapToObj(LogReaderTest::line)
                        .collect(Collectors.joining("\n")),
                json("INFO", "ingest", "front", wide),
                line(9));

        LogPage page = reader.read(any(1000));

        assertThat(page.lines()).hasSize(1000);
        assertThat(page.lines().get(998).message()).isEqualTo(wide);
        assertThat(page.lines().get(0).message()).isEqualTo("m2002");
    }

    @Test
    void whatACrashHasCutIsLeftOut() throws IOException {
        Files.writeString(
                folder.resolve("events.jsonl"),
                line(1)
                        + "\n"
                        + line(2).substring(0, 40)
                        + "\n\n[1]\nnull\n"
                        + line(3)
                        + "\n{\"ti");

        assertThat(messages(reader.read(any(10)))).containsExactly("m1", "m3");
    }

    @Test
    void linesAreFoundByLevelPartCameraTextAndTime() throws IOException {
        write(
                "events.jsonl",
                json("INFO", "io.visionops.ingest", "front", "connecting"),
                json("WARN", "io.visionops.ingest", "front", "refused"),
                json("ERROR", "io.visionops.store", "", "disk is full"),
                json("WARN", "io.visionops.inference", "", "camera front: no detector"),
                json("WARN", "io.visionops.inference", "", "camera front-2: no detector"),
                json("WARN", "org.apache.felix.scr", "", "Lock"));

        assertThat(messages(read("warn", "front", "", "")))
                .containsExactly("refused", "camera front: no detector");
        assertThat(messages(read("error", "", "", ""))).containsExactly("disk is full");
        assertThat(messages(read("info", "", "ingest", "")))
                .containsExactly("connecting", "refused");
        assertThat(messages(read("info", "", "org.apache.felix.scr", ""))).containsExactly("Lock");
        assertThat(messages(read("info", "", "", "DISK IS"))).containsExactly("disk is full");
        assertThat(messages(read("info", "", "", "0123456789ab"))).hasSize(6);
        LogQuery later =
                new LogQuery(
                        LogLevel.INFO,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(NOON.plusSeconds(1)),
                        Optional.empty(),
                        Optional.empty(),
                        10);
        assertThat(reader.read(later).lines()).isEmpty();
    }

    @Test
    void filesThatAreTooOldAreNotOpened() throws IOException {
        Path old = write("events-2026-02-01.1.jsonl", line(1));
        Files.setLastModifiedTime(old, FileTime.from(NOON.minus(Duration.ofDays(28))));
        write("events.jsonl", line(2));

        LogQuery query =
                new LogQuery(
                        LogLevel.INFO,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(NOON.minus(Duration.ofHours(2))),
                        Optional.empty(),
                        Optional.empty(),
                        10);

        assertThat(messages(reader.read(query))).containsExactly("m2");
    }

    @Test
    void secretsAreMaskedAgain() throws IOException {
        write("events.jsonl", json("INFO", "ingest", "front", "open rtsp://u:c4nary@10.0.0.7/cam"));

        LogLine line = reader.read(any(1)).lines().get(0);

        assertThat(line.toString()).doesNotContain("c4nary").contains("rtsp://***@10.0.0.7/cam");
    }

    @Test
    void whoFollowsSeesWhatIsWrittenFromThenOnAlsoAcrossANewFile() throws IOException {
        write("events.jsonl", line(1));
        try (LogTail tail = reader.follow(any(10))) {
            assertThat(tail.next()).isEmpty();

            append(line(2) + "\n" + line(3).substring(0, 10));
            assertThat(messages(tail.next())).containsExactly("m2");
            append(line(3).substring(10) + "\n" + line(4) + "\n");
            Files.move(folder.resolve("events.jsonl"), folder.resolve("events-2026-03-01.1.jsonl"));
            write("events.jsonl", line(5));

            assertThat(messages(tail.next())).containsExactly("m3", "m4", "m5");
            assertThat(tail.next()).isEmpty();
        }
    }

    private static LogQuery any(int limit) {
        return new LogQuery(
                LogLevel.TRACE,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                limit);
    }

    private LogPage read(String level, String camera, String part, String text) throws IOException {
        return reader.read(
                new LogQuery(
                        LogLevel.of(level).orElseThrow(),
                        Optional.of(camera).filter(one -> !one.isEmpty()),
                        Optional.of(part).filter(one -> !one.isEmpty()),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(text).filter(one -> !one.isEmpty()),
                        10));
    }

    private static List<String> messages(LogPage page) {
        assertThat(page.complete()).isTrue();
        return messages(page.lines());
    }

    private static List<String> messages(List<LogLine> lines) {
        return lines.stream().map(LogLine::message).toList();
    }

    private Path write(String name, String... lines) throws IOException {
        return Files.writeString(folder.resolve(name), String.join("\n", lines) + "\n");
    }

    private void append(String text) throws IOException {
        Files.writeString(folder.resolve("events.jsonl"), text, StandardOpenOption.APPEND);
    }

    private static String line(int number) {
        return json("INFO", "io.visionops.ingest", "front", "m" + number);
    }

    private static String json(String level, String bundle, String camera, String message) {
        return ("{\"time\":\"2026-03-01T12:00:00.000Z\",\"level\":\"LEVEL\",\"bundle\":\"BUNDLE\","
                        + (camera.isEmpty() ? "" : "\"camera\":\"" + camera + "\",")
                        + "\"correlation\":\"0123456789ab\",\"logger\":\"L\",\"thread\":\"T\","
                        + "\"message\":\"MESSAGE\",\"exception\":\"\"}")
                .replace("LEVEL", level)
                .replace("BUNDLE", bundle)
                .replace("MESSAGE", message);
    }
}
