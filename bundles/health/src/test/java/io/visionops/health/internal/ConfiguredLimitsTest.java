package io.visionops.health.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.health.internal.machine.Limits;
import io.visionops.health.internal.machine.Limits.Pair;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConfiguredLimitsTest {

    @Test
    void theDefaultsAreTheseThatDocumentsName() {
        assertThat(ConfiguredLimits.defaults())
                .isEqualTo(
                        new Limits(
                                6_000_000_000L,
                                new Pair(80, 90),
                                new Pair(60, 90),
                                new Pair(65, 75),
                                90,
                                new Pair(10e9, 1e9),
                                new Pair(85, 95),
                                new Pair(80, 95),
                                new Pair(1000, 3000),
                                new Pair(80, 95),
                                Duration.ofSeconds(2),
                                Optional.empty()));
        assertThat(HealthSettings.defaults())
                .isEqualTo(
                        new HealthSettings(
                                Duration.ofSeconds(30),
                                Duration.ofSeconds(30),
                                MonitoringLevel.FULL));
    }
}
