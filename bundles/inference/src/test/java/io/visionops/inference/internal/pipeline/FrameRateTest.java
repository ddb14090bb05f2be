package io.visionops.inference.internal.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.visionops.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class FrameRateTest {

    private final ManualClock clock = new ManualClock(Instant.EPOCH);
    private final FrameRate rate = new FrameRate(clock);

    @Test
    void aSteadyStreamHasItsRateFromTheFirstSecondOn() {
        frames(10, Duration.ofMillis(100));
        assertThat(rate.perSecond()).isCloseTo(10, within(1.0));

        frames(100, Duration.ofMillis(100));
        assertThat(rate.perSecond()).isCloseTo(10, within(0.5));
    }

    @Test
    void fiveSecondsAfterTheLastFrameTheRateIsZero() {
        frames(100, Duration.ofMillis(100));

        clock.advance(Duration.ofMillis(2500));
        assertThat(rate.perSecond()).isCloseTo(5, within(0.5));

        clock.advance(Duration.ofMillis(2750));
        assertThat(rate.perSecond()).isZero();
    }

    @Test
    void afterALongSilenceOnlyNewFramesCount() {
        frames(100, Duration.ofMillis(100));
        clock.advance(Duration.ofDays(1));

        frames(10, Duration.ofMillis(100));

        assertThat(rate.perSecond()).isCloseTo(2, within(0.3));
    }

    private void frames(int count, Duration interval) {
        for (int i = 0; i < count; i++) {
            rate.frame();
            clock.advance(interval);
        }
    }
}
