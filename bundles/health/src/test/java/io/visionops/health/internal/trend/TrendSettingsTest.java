package io.visionops.health.internal.trend;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.health.internal.machine.Limits.Pair;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TrendSettingsTest {

    @Test
    void theDefaultsAreTheseThatDocumentsName() {
        assertThat(TrendSettings.defaults())
                .isEqualTo(
                        new TrendSettings(
                                new Pair(10e6, 50e6), Duration.ofHours(24), Duration.ofDays(7)));
    }
}
