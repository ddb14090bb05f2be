package io.visionops.health.internal.restart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.visionops.health.internal.restart.DailyRestart.Setting;
import io.visionops.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DailyRestartTest {

    private static final Duration LONG = Duration.ofHours(20);

    private final ManualClock clock = new ManualClock(Instant.parse("2026-03-01T02:59:30Z"));
    private final DailyRestart daily = new DailyRestart(clock);
    private final Setting three = Setting.read("03:00");

    @Test
    void itIsDueFromTheTimeOnAndNotAllDay() {
        assertThat(daily.isDue(three, LONG, false)).isFalse();
        clock.advance(Duration.ofMinutes(1));
        assertThat(daily.isDue(three, LONG, false)).isTrue();
        clock.advance(Duration.ofMinutes(10));
        assertThat(daily.isDue(three, LONG, false)).isFalse();
    }

    @Test
    void whatHasJustStartedIsNotStartedAgain() {
        clock.advance(Duration.ofMinutes(1));

        assertThat(daily.isDue(three, Duration.ofMinutes(59), false)).isFalse();
    }

    /** Else the release on trial would be gone back from as one that ends the program. */
    @Test
    void anUpdateThatIsUnderWayIsWaitedFor() {
        clock.advance(Duration.ofMinutes(1));

        assertThat(daily.isDue(three, LONG, true)).isFalse();
        clock.advance(Duration.ofMinutes(3));
        assertThat(daily.isDue(three, LONG, false)).isTrue();
    }

    @Test
    void aWindowOverMidnightIsOne() {
        clock.jump(Duration.ofHours(-3).plusMinutes(2));

        assertThat(daily.isDue(Setting.read("23:55"), LONG, false)).isTrue();
    }

    @Test
    void itCanBeOffAndOfPartsAlone() {
        clock.advance(Duration.ofMinutes(1));

        assertThat(daily.isDue(Setting.read("off"), LONG, false)).isFalse();
        assertThat(Setting.read("components"))
                .isEqualTo(new Setting(Optional.of(LocalTime.of(3, 0)), true));
        assertThat(Setting.read("components 4:30"))
                .isEqualTo(new Setting(Optional.of(LocalTime.of(4, 30)), true));
    }

    @Test
    void aWrongValueIsRefusedWithWhatIsAllowed() {
        for (String wrong : new String[] {"", "25:00", "3", "on", "components off"}) {
            assertThatThrownBy(() -> Setting.read(wrong))
                    .as(wrong)
                    .hasMessageContaining("must be a time such as 03:00");
        }
    }
}
