package io.visionops.security.internal.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.visionops.api.audit.AuditEntry;
import io.visionops.api.audit.AuditException;
import io.visionops.api.audit.AuditPage;
import io.visionops.api.audit.AuditQuery;
import io.visionops.api.audit.AuditRecord;
import io.visionops.api.audit.AuditReport;
import io.visionops.api.subject.Actor;
import io.visionops.api.subject.Subject;
import io.visionops.api.time.Ticker;
import io.visionops.security.internal.audit.chain.AuditLog;
import io.visionops.security.internal.audit.chain.Content;
import io.visionops.security.internal.audit.chain.KeyFolder;
import io.visionops.security.internal.audit.chain.LogFolder;
import io.visionops.security.internal.audit.chain.LogSettings;
import io.visionops.testkit.ManualClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditWriterTest {

    private static final Actor ANNA = Actor.user("anna");
    private static final Subject FRONT = Subject.camera("front");

    @TempDir private Path home;

    private final ManualClock clock = new ManualClock(Instant.parse("2026-05-01T10:00:00Z"));

    /** A part with its writer, as one start of the program has it. */
    private final class Start implements AutoCloseable {

        final LogFolder folder = new LogFolder(home.resolve("audit"));
        final KeyFolder keys = new KeyFolder(home.resolve("keys"));
        final CheckpointCopies copies =
                new CheckpointCopies(home.resolve("watchdog/audit-checkpoints.txt"));
        final AuditJournal journal =
                new AuditJournal(home.resolve("data"), clock, clock, new Random(1));
        final AuditWriter writer =
                new AuditWriter(
                        folder,
                        keys,
                        clock,
                        clock,
                        new SecureRandom(),
                        made -> {
                            try {
                                copies.add(made);
                            } catch (IOException e) {
                                throw new IllegalStateException(e);
                            }
                        });
        final AuditPages pages = new AuditPages(folder);
        final AuditPart part =
                new AuditPart(
                        writer,
                        pages,
                        new AuditVerifier(
                                folder,
                                keys,
                                copies,
                                journal,
                                new AcceptedFindings(pages),
                                Optional::empty,
                                Clock.systemUTC(),
                                Ticker.system()),
                        keys,
                        clock);

        Start() {
            writer.start();
            await().until(() -> part.checkpoint().isPresent());
        }

        void append(String action, String detail) throws Exception {
            part.append(new AuditEntry(clock.instant(), ANNA, action, FRONT, AuditEntry.OK, detail))
                    .get(10, TimeUnit.SECONDS);
        }

        @Override
        public void close() {
            writer.close();
        }
    }

    private static AuditQuery query(int limit, OptionalLong before) {
        return new AuditQuery(
                Optional.empty(),
                Optional.empty(),
                Optional.of("anna"),
                Optional.of("test"),
                limit,
                before);
    }

    @Test
    void entriesAreReadByPagesNewestFirstAndReadingIsAnEntry() throws Exception {
        try (Start start = new Start()) {
            for (int i = 0; i < 5; i++) {
                start.append("test", "entry " + i);
            }

            AuditPage first = start.part.entries(query(3, OptionalLong.empty()), ANNA);
            AuditPage second = start.part.entries(query(3, first.next()), ANNA);

            assertThat(first.records())
                    .extracting(AuditRecord::detail)
                    .containsExactly("entry 4", "entry 3", "entry 2");
            assertThat(second.records())
                    .extracting(AuditRecord::detail)
                    .containsExactly("entry 1", "entry 0");
            assertThat(second.next()).isEmpty();
            await().untilAsserted(() -> assertThat(actions(start)).containsOnlyOnce("audit-read"));
        }
    }

    private static List<String> actions(Start start) throws Exception {
        AuditQuery all =
                new AuditQuery(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        1_000,
                        OptionalLong.of(Long.MAX_VALUE));
        return start.part.entries(all, ANNA).records().stream().map(AuditRecord::action).toList();
    }

    @Test
    void changeWhileItWasStoppedIsFoundAfterTheStart() throws Exception {
        try (Start start = new Start()) {
            start.append("test", "the camera was removed");
            assertThat(start.part.verify(ANNA).isGood()).isTrue();
        }
        Path file = firstLog();
        String text = Files.readString(file, StandardCharsets.UTF_8);
        Files.writeString(file, text.replace("was removed", "was moved  "), StandardCharsets.UTF_8);

        try (Start again = new Start()) {
            AuditReport report = again.part.verify(ANNA);

            assertThat(report.isGood()).isFalse();
            assertThat(report.findings())
                    .filteredOn(AuditReport.Finding::tampering)
                    .singleElement()
                    .satisfies(one -> assertThat(one.kind()).isEqualTo("edited"));
            assertThat(again.part.facts().verified()).contains(report);
        }
    }

    @Test
    void whatWasAcceptedIsToldAndNoTroubleAndAnotherChangeIs() throws Exception {
        try (Start start = new Start()) {
            start.append("test", "the camera was removed");
            start.append("test", "the camera was added");
        }
        change("was removed", "was moved  ");

        try (Start again = new Start()) {
            assertThatThrownBy(() -> again.part.accept("two\nlines", ANNA))
                    .isInstanceOf(AuditException.class);
            AuditReport report = again.part.accept("the disk failed", ANNA);

            assertThat(report.isGood()).isTrue();
            assertThat(report.findings())
                    .filteredOn(AuditReport.Finding::tampering)
                    .singleElement()
                    .satisfies(
                            one ->
                                    assertThat(one.accepted().orElse(""))
                                            .startsWith("user/anna, ")
                                            .endsWith(": the disk failed"));
            assertThatThrownBy(() -> again.part.accept("again", ANNA))
                    .hasMessage("there is nothing to accept");
        }
        change("was added", "was adde  ");

        try (Start again = new Start()) {
            AuditReport report = again.part.verify(ANNA);

            assertThat(report.isGood()).isFalse();
            assertThat(report.findings())
                    .filteredOn(AuditReport.Finding::tampering)
                    .extracting(one -> one.accepted().isPresent())
                    .containsExactly(true, false);
        }
    }

    private void change(String words, String others) throws IOException {
        Path file = firstLog();
        String text = Files.readString(file, StandardCharsets.UTF_8);
        assertThat(text).contains(words);
        Files.writeString(file, text.replace(words, others), StandardCharsets.UTF_8);
    }

    private Path firstLog() throws IOException {
        try (Stream<Path> files = Files.list(home.resolve("audit"))) {
            return files.filter(file -> file.toString().endsWith(".log"))
                    .sorted()
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void folderThatWasWipedIsFoundByTheCheckpointsElsewhere() throws Exception {
        try (Start start = new Start()) {
            start.append("test", "");
        }
        for (String folder : List.of("audit", "keys")) {
            io.visionops.support.FolderTree.remove(home.resolve(folder));
        }

        try (Start again = new Start()) {
            assertThat(again.part.verify(ANNA).findings())
                    .extracting(AuditReport.Finding::kind)
                    .contains("started-anew");
        }
    }

    @Test
    void aMachineThatBootsAYearAheadLosesNoEntry() throws Exception {
        writeSegments();
        new Start().close();
        List<Path> written = segments();
        assertThat(written).hasSizeGreaterThan(3);
        clock.jump(Duration.ofDays(365));

        new Start().close();

        assertThat(segments()).containsAll(written);
    }

    @Test
    void oldEntriesGoByTheTimeThatHasPassed() throws Exception {
        writeSegments();
        List<Path> written = segments();
        clock.advance(Duration.ofDays(100));
        writeSegments();

        new Start().close();

        assertThat(segments()).doesNotContain(written.get(0)).contains(written.get(1));
    }

    /** What grows within months, in small. */
    private void writeSegments() throws IOException {
        LogSettings small = new LogSettings(2, Duration.ofMinutes(1), 1, false);
        try (AuditLog log =
                AuditLog.open(
                        new LogFolder(home.resolve("audit")),
                        new KeyFolder(home.resolve("keys")),
                        small,
                        clock,
                        clock,
                        new SecureRandom())) {
            for (int i = 0; i < 6; i++) {
                log.append(Content.own(clock.instant(), "test", "ok", ""));
            }
        }
    }

    private List<Path> segments() throws IOException {
        return new LogFolder(home.resolve("audit")).segments();
    }

    @Test
    void entriesWaitWhileTheDiskTakesNoneAndAreWrittenLater() throws Exception {
        Files.writeString(home.resolve("audit"), "in the way of the folder");
        LogFolder folder = new LogFolder(home.resolve("audit"));
        AuditWriter writer =
                new AuditWriter(
                        folder,
                        new KeyFolder(home.resolve("keys")),
                        clock,
                        clock,
                        new SecureRandom(),
                        made -> {});
        writer.start();
        AuditEntry entry = new AuditEntry(clock.instant(), ANNA, "test", FRONT, AuditEntry.OK, "");
        var written = writer.append(entry);
        await().until(() -> !writer.trouble().isEmpty());
        assertThat(written).isNotDone();

        Files.delete(home.resolve("audit"));
        writer.append(entry).get(10, TimeUnit.SECONDS);

        assertThat(written).isCompleted();
        assertThat(writer.trouble()).isEmpty();
        writer.close();
    }
}
