package io.visionops.support.meter;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SamplerTest {

    @Test
    void theAgeOfTheLastSampleShowsThatNoneIsTaken() {
        ManualClock clock = new ManualClock(Instant.EPOCH);
        try (Sampler<String> sampler = new Sampler<>("visionops-test-sample", clock, () -> "one")) {
            assertThat(sampler.latest()).isEmpty();
            clock.advance(Duration.ofSeconds(3));
            sampler.sample();
            clock.advance(Duration.ofSeconds(15));

            assertThat(sampler.latest()).contains("one");
            assertThat(sampler.isOverdue()).isFalse();
            clock.advance(Duration.ofSeconds(1));
            assertThat(sampler.age()).isEqualTo(Duration.ofSeconds(16));
            assertThat(sampler.isOverdue()).isTrue();
        }
    }
}
