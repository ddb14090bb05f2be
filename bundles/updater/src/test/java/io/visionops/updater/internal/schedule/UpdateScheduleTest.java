package io.visionops.updater.internal.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.visionops.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UpdateScheduleTest {

    private final ManualClock clock = new ManualClock(Instant.parse("2026-11-29T01:30:00Z"));
    private final UpdateSchedule schedule = new UpdateSchedule(clock, clock, new Random(1));

    private Duration untilDue() {
        Duration waited = Duration.ZERO;
        while (!schedule.isCheckDue()) {
            clock.advance(Duration.ofMinutes(1));
            waited = waited.plusMinutes(1);
        }
        return waited;
    }

    @Test
    void looksSomeMinutesAfterTheStartAndThenOnceADay() {
        assertThat(untilDue()).isBetween(Duration.ofMinutes(5), Duration.ofMinutes(66));

        for (int i = 0; i < 20; i++) {
            schedule.checked(true);
            assertThat(untilDue())
                    .isBetween(Duration.ofMinutes(23 * 60 + 29), Duration.ofHours(25));
        }
    }

    @Test
    void looksAgainAfterAnHourWhenItFailed() {
        schedule.checked(false);

        assertThat(untilDue()).isBetween(Duration.ofHours(1), Duration.ofMinutes(121));
    }

    @Test
    void aClockThatLeapsMakesNothingDue() {
        schedule.checked(true);

        clock.jump(Duration.ofDays(400));

        assertThat(schedule.isCheckDue()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "01:00-02:00, true",
        "01:30-01:31, true",
        "01:31-01:30, false",
        "02:00-04:00, false",
        "23:00-02:00, true",
        "23:00-01:30, false"
    })
    void installsWithinTheWindowAlone(String window, boolean allowed) {
        assertThat(schedule.isInstallAllowed(MaintenanceWindow.read(window))).isEqualTo(allowed);
    }

    @Test
    void installsNothingByItselfWhereAPersonDoesIt() {
        assertThat(schedule.isInstallAllowed(MaintenanceWindow.read("by-hand"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "02:00", "02:00-02:00", "2-4", "25:00-26:00", "by hand"})
    void aWindowThatIsNoneIsRefused(String text) {
        assertThatThrownBy(() -> MaintenanceWindow.read(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("install = " + text);
    }
}
