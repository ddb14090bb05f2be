package io.visionops.health.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HealthSettingsTest {

    @Test
    void durationsAreReadAsTheyAreWritten() {
        HealthSettings read = HealthSettings.read("2s", "1m", MonitoringLevel.FULL);

        assertThat(read.interval()).isEqualTo(Duration.ofSeconds(2));
        assertThat(read.swapLimit()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void theBasicLevelAsksTheChecksOnceAMinuteAtMost() {
        assertThat(HealthSettings.read("2s", "1m", MonitoringLevel.BASIC).interval())
                .isEqualTo(Duration.ofMinutes(1));
        assertThat(HealthSettings.read("5m", "1m", MonitoringLevel.BASIC).interval())
                .isEqualTo(Duration.ofMinutes(5));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "off", "BASIC", "full "})
    void whatIsNoLevelIsRefusedInOneLine(String level) {
        assertThatThrownBy(() -> MonitoringLevel.read(level))
                .hasMessage("monitoring.level = " + level + " is refused: must be full or basic");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "30", "0s", "500ms", "2h", "soon"})
    void whatIsNoSuchDurationIsRefusedInOneLine(String interval) {
        assertThatThrownBy(() -> HealthSettings.read(interval, "30s", MonitoringLevel.FULL))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("health.interval = " + interval + " is refused")
                .hasMessageContaining("from 1s to 1h");
    }
}
