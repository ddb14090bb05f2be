package io.visionops.launcher.watchdog;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.launcher.watchdog.Restart.What;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrashHistoryTest {

    @TempDir Path folder;

    @Test
    void nothingInTheRecordStartsEverything() {
        assertThat(history(Duration.ZERO).tooMany()).isEmpty();
    }

    @Test
    void crashesUpToTheLimitDelayTheNextStartAndOneMoreLeavesPartsOut() throws IOException {
        CrashHistory history = history(Duration.ZERO);
        crash("first");
        crash("second");

        assertThat(history.after("second", false))
                .isEqualTo(new CrashHistory.Next(2, Duration.ofSeconds(1), Optional.empty()));

        crash("third");

        assertThat(history.after("third", false))
                .isEqualTo(
                        new CrashHistory.Next(
                                3,
                                Duration.ZERO,
                                Optional.of("3 crashes within an hour, the last: third")));
        assertThat(history.after("third", true).delay()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void whatAnotherWatchdogHasSeenCountsAtTheFirstStart() throws IOException {
        crash("first");
        crash("second");
        crash("third");

        assertThat(history(Duration.ZERO).tooMany())
                .contains("3 crashes within an hour, the last: third");
        assertThat(history(Duration.ofHours(2)).tooMany()).isEmpty();
    }

    private void crash(String reason) throws IOException {
        log().append(What.CRASHED, reason, 1, Duration.ofSeconds(5));
    }

    private RestartLog log() {
        return new RestartLog(folder.resolve("restarts.jsonl"));
    }

    /**
     * Three crashes an hour are too many.
     *
     * @param later than now, by the clock that it goes by
     */
    private CrashHistory history(Duration later) {
        return new CrashHistory(
                log(),
                new RestartPolicy(2),
                () -> new Boot(Boot.now().id(), Boot.now().uptime().plus(later)));
    }
}
