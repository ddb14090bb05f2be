package io.visionops.inference.internal.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.analysis.AnalysisStatus.Latency;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LatenciesTest {

    private final Latencies latencies = new Latencies();

    @Test
    void withoutASampleBothAreZero() {
        assertThat(latencies.summary()).isEqualTo(new Latency(Duration.ZERO, Duration.ZERO));
    }

    @Test
    void medianAndPercentileAreOfTheLastThousand() {
        for (int i = 0; i < 500; i++) {
            latencies.add(Duration.ofHours(1).toNanos());
        }
        for (int i = 1; i <= 1000; i++) {
            latencies.add(i);
        }

        assertThat(latencies.summary())
                .isEqualTo(new Latency(Duration.ofNanos(500), Duration.ofNanos(950)));
    }
}
