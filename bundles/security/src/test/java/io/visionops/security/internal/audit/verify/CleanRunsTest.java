package io.visionops.security.internal.audit.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.security.internal.audit.chain.AuditLog;
import io.visionops.security.internal.audit.chain.Content;
import io.visionops.security.internal.audit.chain.Line;
import io.visionops.support.FolderTree;
import io.visionops.support.thread.DaemonThreads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What may happen to a log without anybody attacking it. */
@Tag("slow")
class CleanRunsTest {

    private static final int RUNS = Integer.getInteger("visionops.audit.runs", 50);

    @TempDir private Path temp;

    @Test
    void killsPowerCutsClockStepsAndRetentionAreNoFalseAlarm() throws IOException {
        Random random = new Random(970);
        for (int i = 0; i < RUNS; i++) {
            Path root = temp.resolve("run-" + i);
            SampleLog log = new SampleLog(root);

            for (int start = 0; start < 4; start++) {
                run(log, random);
            }

            VerificationReport report = log.verify(true, true);
            assertThat(report.tampering()).as("run " + i + " " + report).isEmpty();
            assertThat(report.tags()).isTrue();
            FolderTree.remove(root);
        }
    }

    private static void run(SampleLog log, Random random) throws IOException {
        AuditLog open = log.open();
        for (int i = 0; i < 6; i++) {
            log.write(open, random.nextInt(6), random);
            switch (random.nextInt(4)) {
                case 0 -> log.clock.jump(Duration.ofDays(random.nextBoolean() ? 1 : -1));
                case 1 -> open.prune(log.clock.instant().minusSeconds(random.nextInt(300)));
                default -> open.append(Content.own(log.clock.instant(), "test", "ok", ""));
            }
        }
        Path key = log.root.resolve("keys/audit-epoch.key");
        byte[] before = Files.readAllBytes(key);
        switch (random.nextInt(4)) {
            case 0 -> open.close();
            case 1 -> open.abandon();
            case 2 -> {
                open.abandon();
                halfALine(log, random);
            }
            default -> {
                // A cut between a seal and the key of the next epoch.
                log.clock.advance(Duration.ofMinutes(2));
                open.tick();
                open.abandon();
                Files.write(key, before);
            }
        }
    }

    private static void halfALine(SampleLog log, Random random) throws IOException {
        List<Path> segments = log.folder().segments();
        byte[] line = log.lines().get(0);
        Files.write(
                segments.get(segments.size() - 1),
                java.util.Arrays.copyOf(line, 1 + random.nextInt(line.length)),
                StandardOpenOption.APPEND);
    }

    @Test
    void halfALineAtTheEndIsToldAndPasses() throws IOException {
        SampleLog log = new SampleLog(temp.resolve("torn")).fill(new Random(1));
        halfALine(log, new Random(2));

        VerificationReport report = log.verify(true, true);

        assertThat(report.tampering()).isEmpty();
        assertThat(report.notices()).extracting(Finding::kind).contains(Finding.Kind.TORN_TAIL);

        AuditLog next = log.open();
        next.close();
        assertThat(log.parsed()).extracting(Line::action).contains("audit-torn-tail");
        assertThat(log.verify(true, true).tampering()).isEmpty();
    }

    @Test
    void aCutBetweenTheFirstKeysAndTheFirstLineIsNoFalseAlarm() throws IOException {
        SampleLog log = new SampleLog(temp.resolve("first"));
        beginAndLoseTheFirstLine(log);
        Files.write(log.folder().head(), new byte[0]);

        log.open().close();

        assertThat(log.verify(true, true).tampering()).isEmpty();
    }

    @Test
    void aFirstLineThatTheHeadNamesIsMissed() throws IOException {
        SampleLog log = new SampleLog(temp.resolve("named"));
        beginAndLoseTheFirstLine(log);

        log.open().close();

        assertThat(log.verify(true, true).tampering())
                .extracting(Finding::kind)
                .contains(Finding.Kind.DAMAGE);
    }

    /** The first key lies where it is made. */
    private static void beginAndLoseTheFirstLine(SampleLog log) throws IOException {
        AuditLog.open(
                        log.folder(),
                        log.keys(),
                        SampleLog.SETTINGS,
                        log.clock,
                        log.clock,
                        new SecureRandom())
                .abandon();
        Files.delete(log.folder().segments().get(0));
    }

    @Test
    void clockThatIsSetBackADayIsToldAndPasses() throws IOException {
        SampleLog log = new SampleLog(temp.resolve("clock"));
        AuditLog open = log.open();
        log.clock.jump(Duration.ofDays(-1));
        open.append(Content.own(log.clock.instant(), "test", "ok", ""));
        open.close();

        VerificationReport report = log.verify(true, true);

        assertThat(report.tampering()).isEmpty();
        assertThat(report.notices()).extracting(Finding::kind).contains(Finding.Kind.CLOCK_STEP);
    }

    @Test
    void emptyEpochsAreSealedByTheMonotonicClock() throws IOException {
        SampleLog log = new SampleLog(temp.resolve("empty"));
        AuditLog open = log.open();
        long before = open.epoch();
        for (int i = 0; i < 5; i++) {
            log.clock.advance(Duration.ofMinutes(1));
            open.tick();
            log.clock.jump(Duration.ofHours(1));
            open.tick();
        }

        assertThat(open.epoch() - before).isEqualTo(5);
        open.close();
    }

    @Test
    void linesAreRemovedUnderASignedOrderAndWithoutOneTheyAreMissed() throws IOException {
        SampleLog log = new SampleLog(temp.resolve("old"));
        AuditLog open = log.open();
        log.write(open, 100, new Random(3));
        log.clock.advance(Duration.ofDays(100));

        assertThat(open.prune(log.clock.instant().minus(Duration.ofDays(90)))).isTrue();
        assertThat(open.prune(log.clock.instant().minus(Duration.ofDays(90)))).isTrue();
        open.close();

        VerificationReport report = log.verify(true, true);
        assertThat(report.tampering()).isEmpty();
        assertThat(report.notices()).extracting(Finding::kind).contains(Finding.Kind.PRUNED);

        Files.delete(log.folder().segments().get(0));
        assertThat(log.verify(true, true).tampering())
                .extracting(Finding::kind)
                .contains(Finding.Kind.BEGINNING);
    }

    @Test
    void secondWriterIsRefusedAndOneThatWritesAllTheSameIsWrittenDown() throws IOException {
        SampleLog log = new SampleLog(temp.resolve("second"));
        try (AuditLog open = log.open()) {
            org.assertj.core.api.Assertions.assertThatThrownBy(log::open)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("writes to");
            List<Path> segments = log.folder().segments();
            Files.writeString(
                    segments.get(segments.size() - 1), "17\tx\n", StandardOpenOption.APPEND);

            open.append(Content.own(log.clock.instant(), "test", "ok", ""));
        }

        assertThat(log.verify(true, true).tampering())
                .extracting(Finding::kind)
                .contains(Finding.Kind.DAMAGE);
    }

    @Test
    void logThatIsWrittenMeanwhileIsNoFalseAlarm() throws Exception {
        SampleLog log = new SampleLog(temp.resolve("live"));
        AtomicBoolean ended = new AtomicBoolean();
        try (AuditLog open = log.open()) {
            Thread writer =
                    DaemonThreads.create(
                            "live",
                            () -> {
                                try {
                                    Random random = new Random(5);
                                    for (int i = 0; i < 100; i++) {
                                        log.write(open, 3, random);
                                        if (i % 10 == 9) {
                                            open.prune(log.clock.instant().minusSeconds(600));
                                        }
                                    }
                                } catch (IOException e) {
                                    throw new UncheckedIOException(e);
                                } finally {
                                    ended.set(true);
                                }
                            });
            writer.start();
            int times = 0;
            while (!ended.get()) {
                VerificationReport report = log.verify(true, false);
                assertThat(report.tampering()).as("verification " + times).isEmpty();
                times++;
            }
            writer.join();
            assertThat(times).isPositive();
        }
    }
}
