package io.visionops.health.internal.restart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.visionops.health.internal.restart.DailyRestart.Setting;
import io.visionops.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import org.apache.felix.hc.api.FormattingResultLog;
import org.apache.felix.hc.api.Result;
import org.apache.felix.hc.api.Result.Status;
import org.apache.felix.hc.api.ResultLog;
import org.junit.jupiter.api.Test;

class UptimeTest {

    private final Uptime.Settings settings = Uptime.Settings.read("23h", "24h");
    private final Setting three = Setting.read("03:00");

    @Test
    void aProgramThatIsRestartedEachNightIsWellUpToThatMoment() {
        ManualClock clock = clock("03:01");
        for (int minutes = 0; minutes < 24 * 60 + 10; minutes++) {
            assertThat(status(three, clock, Duration.ofMinutes(minutes))).isEqualTo(Status.OK);
            clock.advance(Duration.ofMinutes(1));
        }
    }

    @Test
    void oneThatWasStartedLessThanAnHourBeforeIsRestartedTheNextDayOnly() {
        ManualClock clock = clock("02:30");
        clock.advance(Duration.ofHours(24).plusMinutes(29));

        assertThat(status(three, clock, Duration.ofHours(24).plusMinutes(29))).isEqualTo(Status.OK);
    }

    @Test
    void aRestartThatWasMissedIsAWarningAndCriticalAnHourLater() {
        ManualClock clock = clock("12:00");
        clock.advance(Duration.ofHours(22));
        assertThat(status(three, clock, Duration.ofHours(22))).isEqualTo(Status.OK);
        clock.advance(Duration.ofHours(1));
        assertThat(status(three, clock, Duration.ofHours(23))).isEqualTo(Status.WARN);
        clock.advance(Duration.ofHours(1));

        Result late = result(three, clock, Duration.ofHours(24));
        assertThat(late.getStatus()).isEqualTo(Status.CRITICAL);
        assertThat(words(late))
                .contains(
                        "the program has run for 24 h: the daily restart of 03:00 was due 9 h ago"
                                + " and not made");
    }

    @Test
    void oneThatWasMissedYesterdayIsSoWhileTodaysIsDue() {
        ManualClock clock = clock("12:00");
        clock.advance(Duration.ofHours(39).plusMinutes(5));

        assertThat(status(three, clock, Duration.ofHours(39).plusMinutes(5)))
                .isEqualTo(Status.CRITICAL);
    }

    @Test
    void aClockThatIsSetDoesNotMakeAnUptime() {
        ManualClock clock = clock("12:00");
        clock.advance(Duration.ofHours(5));
        clock.jump(Duration.ofDays(300));

        assertThat(status(three, clock, Duration.ofHours(5))).isEqualTo(Status.OK);
    }

    @Test
    void withoutADailyRestartItIsWellAndSaysSo() {
        Result result = result(Setting.read("off"), clock("12:00"), Duration.ofDays(40));

        assertThat(result.getStatus()).isEqualTo(Status.OK);
        assertThat(words(result)).contains("the program has run for 960 h; restart.daily is off");
    }

    @Test
    void ofPartsAloneTheTimeOfTheseCounts() {
        assertThat(words(result(Setting.read("components"), clock("12:00"), Duration.ofHours(30))))
                .contains("the parts have run for 30 h: the daily restart of 03:00 was due 9 h");
    }

    @Test
    void aWrongValueIsRefused() {
        assertThatThrownBy(() -> Uptime.Settings.read("25h", "24h"))
                .hasMessageContaining("uptime.warn is refused");
    }

    private static ManualClock clock(String time) {
        return new ManualClock(Instant.parse("2026-03-01T" + time + ":00Z"));
    }

    private Status status(Setting setting, ManualClock clock, Duration ran) {
        return result(setting, clock, ran).getStatus();
    }

    private Result result(Setting setting, ManualClock clock, Duration ran) {
        FormattingResultLog log = new FormattingResultLog();
        new Uptime(setting, ran, new DailyRestart(clock).missed(setting, ran)).judge(settings, log);
        return new Result(log);
    }

    private static String words(Result result) {
        StringBuilder said = new StringBuilder();
        for (ResultLog.Entry entry : result) {
            said.append(entry.getMessage());
        }
        return said.toString();
    }
}
