package io.visionops.support.meter;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RecentDurationsTest {

    private final RecentDurations durations = new RecentDurations();

    @Test
    void beforeTheFirstAllPercentilesAreZero() {
        assertThat(durations.percentile(50)).isZero();
        assertThat(durations.count()).isZero();
    }

    @Test
    void medianAndPercentileAreOfTheLastThousand() {
        for (int i = 0; i < 500; i++) {
            durations.add(Duration.ofHours(1).toNanos());
        }
        for (int i = 1; i <= 1000; i++) {
            durations.add(i);
        }

        assertThat(durations.percentile(50)).isEqualTo(Duration.ofNanos(500));
        assertThat(durations.percentile(95)).isEqualTo(Duration.ofNanos(950));
        assertThat(durations.count()).isEqualTo(1500);
    }

    @Test
    void whatIsAddedAfterAPercentileWasAskedForIsInTheNextOne() {
        durations.add(7);
        assertThat(durations.percentile(95)).isEqualTo(Duration.ofNanos(7));

        durations.add(9);
        durations.add(-1);

        assertThat(durations.percentile(95)).isEqualTo(Duration.ofNanos(9));
        assertThat(durations.percentile(1)).isZero();
    }
}
