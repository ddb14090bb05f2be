package io.visionops.processes.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

    private static final Path DATA = Path.of("data");

    @Test
    void defaults() {
        assertThat(Settings.defaults(DATA))
                .isEqualTo(new Settings(DATA, Duration.ofSeconds(5), 128, 2048));
    }

    @Test
    void durationsAreReadWithTheirUnit() {
        assertThat(Settings.duration("k", "500ms")).isEqualTo(Duration.ofMillis(500));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "s", "-5s", "1.5s", "5 s s", "99999999999s"})
    void anythingElseIsRefusedNamingTheKey(String text) {
        assertThatThrownBy(() -> Settings.duration("sample.interval", text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("sample.interval = " + text + ":");
    }

    @Test
    void valuesOutOfRangeAreRefusedNamingTheKey() {
        assertThatThrownBy(() -> new Settings(DATA, Duration.ofMillis(99), 128, 2048))
                .hasMessageStartingWith("sample.interval = 99ms:");
        assertThatThrownBy(() -> new Settings(DATA, Duration.ofMinutes(61), 128, 2048))
                .hasMessageStartingWith("sample.interval = 3660000ms:");
        assertThatThrownBy(() -> new Settings(DATA, Duration.ofSeconds(5), 0, 2048))
                .hasMessageStartingWith("max.children = 0:");
        assertThatThrownBy(() -> new Settings(DATA, Duration.ofSeconds(5), 1, 511))
                .hasMessage("max.memory.mb = 511: allowed is 512 to 1048576");
    }
}
