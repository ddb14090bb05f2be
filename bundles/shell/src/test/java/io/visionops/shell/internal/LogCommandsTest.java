package io.visionops.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.log.LogLevel;
import io.visionops.api.log.LogLevels;
import io.visionops.api.log.LogLine;
import io.visionops.api.log.LogPage;
import io.visionops.api.log.LogQuery;
import io.visionops.api.log.LogTail;
import io.visionops.api.log.LoggerLevel;
import io.visionops.api.log.Logs;
import io.visionops.api.subject.Actor;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LogCommandsTest extends ShellTest {

    private static final LogLine LINE =
            new LogLine(
                    Instant.parse("2026-01-01T11:59:00.123Z"),
                    LogLevel.WARN,
                    "ingest",
                    Optional.of("front"),
                    Optional.of("0123456789ab"),
                    "io.visionops.ingest.Teller",
                    "T",
                    "camera front: BACKOFF\u001b[2J",
                    "java.io.IOException: refused\n\tat a.B.c(B.java:1)\n");

    private final FakeLogs logs = new FakeLogs();

    private static final class FakeLogs implements Logs, LogLevels {
        private final List<LogQuery> asked = new ArrayList<>();
        private final List<String> set = new ArrayList<>();
        private boolean complete = true;

        @Override
        public LogPage read(LogQuery query) {
            asked.add(query);
            return new LogPage(List.of(LINE), complete);
        }

        @Override
        public LogTail follow(LogQuery query) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<LoggerLevel> levels() {
            return List.of(
                    new LoggerLevel("ROOT", "warn", Optional.empty()),
                    new LoggerLevel(
                            "io.visionops.ingest", "debug", Optional.of(NOW.plusSeconds(60))));
        }

        @Override
        public void set(String logger, LogLevel level, Duration time, Actor by) {
            set.add(logger + " " + level + " " + time);
        }

        @Override
        public void reset(String logger, Actor by) {
            set.add(logger + " default");
        }
    }

    @BeforeEach
    void offer() {
        console.offer(Logs.class, logs);
        console.offer(LogLevels.class, logs);
    }

    @Test
    void linesAreShownWithPartCameraAndTraceAndCannotMoveTheCursor() {
        assertThat(console.run("logs"))
                .contains("warn  ingest [front]: camera front: BACKOFF [2J\n")
                .contains("    java.io.IOException: refused\n    at a.B.c(B.java:1)\n")
                .doesNotContain("\u001b");
    }

    @Test
    void whatIsAskedForIsPassedOn() {
        console.run(
                "logs --level warn --camera front --part ingest --since 1h --grep refused --limit 7");

        assertThat(logs.asked)
                .containsExactly(
                        new LogQuery(
                                LogLevel.WARN,
                                Optional.of("front"),
                                Optional.of("ingest"),
                                Optional.of(NOW.minus(Duration.ofHours(1))),
                                Optional.empty(),
                                Optional.of("refused"),
                                7));
    }

    @Test
    void asJsonALineHasEverything() {
        assertThat(console.run("logs --json"))
                .contains(
                        "\"time\":\"2026-01-01T11:59:00.123Z\",\"level\":\"warn\","
                                + "\"part\":\"ingest\",\"camera\":\"front\","
                                + "\"correlation\":\"0123456789ab\"")
                .contains("\"complete\":true");
    }

    @Test
    void aLogThatWasTooLongIsSaid() {
        logs.complete = false;

        assertThat(console.run("logs")).contains("--since makes it shorter");
    }

    @Test
    void wrongValuesAreNamed() {
        assertThat(console.fail("logs --level loud"))
                .contains("--level loud: must be trace, debug, info, warn or error");
        assertThat(console.fail("logs --since soon")).contains("--since soon: must be a time");
        assertThat(console.fail("log-level ROOT info --for soon"))
                .contains("--for soon: must be a number with ms, s, m, h or d");
    }

    @Test
    void levelsAreShownAndSetForATime() {
        assertThat(console.run("log-level")).containsPattern("io.visionops.ingest .*debug .*12:01");

        console.run("log-level io.visionops.store debug");
        console.run("log-level io.visionops.store trace --for 5m");
        console.run("log-level io.visionops.store default");

        assertThat(logs.set)
                .containsExactly(
                        "io.visionops.store DEBUG PT1H",
                        "io.visionops.store TRACE PT5M",
                        "io.visionops.store default");
    }
}
