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
        assertThat(HealthSettings.read("2s", "1m").interval()).isEqualTo(Duration.ofSeconds(2));
        assertThat(HealthSettings.read("2s", "1m").swapLimit()).isEqualTo(Duration.ofMinutes(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "30", "0s", "500ms", "2h", "soon"})
    void whatIsNoSuchDurationIsRefusedInOneLine(String interval) {
        assertThatThrownBy(() -> HealthSettings.read(interval, "30s"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("health.interval = " + interval + " is refused")
                .hasMessageContaining("from 1s to 1h");
    }
}
