package io.visionops.ingest.internal.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.ingest.internal.coverage.ClockStepDetector.Step;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClockStepDetectorTest {

    private static final Instant T = Instant.parse("2026-01-01T00:00:00Z");
    private static final long SECOND = 1_000_000_000L;

    private final ClockStepDetector clock = new ClockStepDetector();

    @BeforeEach
    void start() {
        clock.start(T, 7 * SECOND);
    }

    @Test
    void aClockThatIsSlewedByLessThanASecondWasNotSet() {
        assertThat(clock.follow(T.plusSeconds(11), 17 * SECOND)).isEmpty();
        assertThat(clock.follow(T.plusSeconds(20), 27 * SECOND)).isEmpty();
    }

    @Test
    void aClockThatGoesAheadOfTheOtherWasSet() {
        assertThat(clock.follow(T.plusSeconds(70), 17 * SECOND))
                .contains(new Step(T.plusSeconds(10), T.plusSeconds(70)))
                .get()
                .extracting(Step::length)
                .isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void aClockThatFallsBackWasSet() {
        assertThat(clock.follow(T.minusSeconds(2), 7 * SECOND).orElseThrow().length())
                .isEqualTo(Duration.ofSeconds(-2));
    }

    @Test
    void itIsComparedWithTheLastTime() {
        clock.follow(T.plusSeconds(3600), 8 * SECOND);

        assertThat(clock.follow(T.plusSeconds(3601), 9 * SECOND)).isEmpty();
    }
}
