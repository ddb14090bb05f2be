package io.visionops.backup.internal.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.visionops.api.log.LogLevel;
import io.visionops.api.subject.Actor;
import io.visionops.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LogLevelSwitchTest {

    private static final Actor ANNA = Actor.user("anna");
    private static final Duration HOUR = Duration.ofHours(1);

    private static final Map<String, Object> FILE =
            Map.of(
                    "log4j2.rootLogger.level",
                    "WARN",
                    "log4j2.logger.visionops.name",
                    "io.visionops",
                    "log4j2.logger.visionops.level",
                    "INFO",
                    "felix.fileinstall.filename",
                    "file:/etc/org.ops4j.pax.logging.cfg");

    private final Configured configured = new Configured();
    private final ManualClock clock = new ManualClock(Instant.parse("2026-03-01T12:00:00Z"));
    private final LogLevelSwitch levels = new LogLevelSwitch(configured, clock);

    private static final class Configured implements LogLevelSwitch.Configuration {
        private Map<String, Object> values = FILE;

        @Override
        public Map<String, Object> read() {
            return new HashMap<>(values);
        }

        @Override
        public void write(Map<String, Object> written) {
            values = Map.copyOf(written);
        }
    }

    @Test
    void aLevelHoldsForItsTimeAndThenThatOfTheFileAgain() {
        levels.set("io.visionops", LogLevel.DEBUG, HOUR, ANNA);

        assertThat(configured.values)
                .containsEntry("log4j2.logger.visionops.level", "DEBUG")
                .as("what has a file is written back to it")
                .doesNotContainKey("felix.fileinstall.filename");
        assertThat(levels.levels().toString()).contains("io.visionops", "debug");

        clock.advance(HOUR.minusSeconds(1));
        levels.look();
        assertThat(configured.values).containsEntry("log4j2.logger.visionops.level", "DEBUG");

        clock.advance(Duration.ofSeconds(1));
        levels.look();
        assertThat(configured.values).isEqualTo(FILE);
    }

    @Test
    void aLoggerThatTheFileDoesNotNameAndTheRootHaveALevelToo() {
        levels.set("io.visionops.ingest", LogLevel.TRACE, HOUR, ANNA);
        levels.set("ROOT", LogLevel.INFO, HOUR, ANNA);

        assertThat(configured.values)
                .containsEntry("log4j2.rootLogger.level", "INFO")
                .containsValue("io.visionops.ingest")
                .containsValue("TRACE");

        levels.reset("ROOT", ANNA);
        levels.reset("io.visionops.ingest", ANNA);
        assertThat(configured.values).isEqualTo(FILE);
    }

    @Test
    void aFileThatIsEditedMeanwhileIsWhatHolds() {
        levels.set("io.visionops", LogLevel.DEBUG, HOUR, ANNA);
        Map<String, Object> edited = new HashMap<>(FILE);
        edited.put("log4j2.rootLogger.level", "ERROR");
        configured.values = edited;

        clock.advance(HOUR);
        levels.look();

        assertThat(configured.values).isEqualTo(edited);
    }

    @Test
    void withoutSpaceOnlyWarningsAreLoggedWhateverLevelIsSet() {
        levels.set("io.visionops", LogLevel.DEBUG, HOUR, ANNA);

        levels.warningsAlone(true);

        assertThat(configured.values).containsEntry("log4j2.logger.visionops.level", "WARN");
        levels.warningsAlone(false);
        assertThat(configured.values).containsEntry("log4j2.logger.visionops.level", "DEBUG");
        levels.reset("io.visionops", ANNA);
        assertThat(configured.values).isEqualTo(FILE);
    }

    @Test
    void theEndOfThePartEndsThem() {
        levels.set("io.visionops", LogLevel.DEBUG, HOUR, ANNA);

        levels.close();

        assertThat(configured.values).isEqualTo(FILE);
    }

    @Test
    void librariesDoNotWriteWhatIsSent() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> levels.set("org.eclipse.jetty", LogLevel.DEBUG, HOUR, ANNA))
                .withMessageContaining("io.visionops alone");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> levels.set("ROOT", LogLevel.DEBUG, HOUR, ANNA));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> levels.set("io.visionopsx", LogLevel.DEBUG, HOUR, ANNA));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> levels.set("a b", LogLevel.WARN, HOUR, ANNA));
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> levels.set("io.visionops", LogLevel.WARN, Duration.ofDays(8), ANNA));
        assertThat(configured.values).isEqualTo(FILE);
    }
}
