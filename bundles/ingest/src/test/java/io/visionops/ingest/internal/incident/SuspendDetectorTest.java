package io.visionops.ingest.internal.incident;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.ingest.internal.incident.SuspendDetector.Gap;
import io.visionops.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SuspendDetectorTest {

    private static final Duration INTERVAL = Duration.ofMillis(500);

    private final ManualClock clock = new ManualClock(Instant.parse("2026-01-01T12:00:00Z"));
    private final SuspendDetector standstill = new SuspendDetector(clock, clock, INTERVAL);

    @Test
    void whoComesInTimeOrALittleLateIsNotLate() {
        clock.advance(INTERVAL);
        assertThat(standstill.tick()).isEmpty();
        clock.advance(Duration.ofMillis(2400));
        assertThat(standstill.tick()).isEmpty();
    }

    @Test
    void whoComesLateWasKeptFromIt() {
        clock.advance(Duration.ofMillis(8500));

        assertThat(standstill.tick()).contains(new Gap(Duration.ofSeconds(8), true));

        clock.advance(INTERVAL);
        assertThat(standstill.tick()).isEmpty();
    }

    @Test
    void aWallClockThatGoesAheadAloneMayBeASleep() {
        clock.advance(INTERVAL);
        clock.jump(Duration.ofHours(2));

        assertThat(standstill.tick()).contains(new Gap(Duration.ofHours(2), false));
    }

    @Test
    void aWallClockThatIsSetBackIsNothing() {
        clock.advance(INTERVAL);
        clock.jump(Duration.ofHours(-2));

        assertThat(standstill.tick()).isEmpty();
    }
}
