package io.visionops.updater.internal.canary;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.update.CanaryReport;
import io.visionops.api.update.CanaryReport.Side;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CanaryVerdictTest {

    private static final Duration TIME = Duration.ofMillis(10);
    private static final Map<String, Long> CROSSINGS =
            Map.of("door person in", 20L, "door person out", 10L);
    private static final Side RUNNING = new Side("1.0.0", 500, CROSSINGS, TIME);

    private static Optional<String> fault(Side running, Side candidate) {
        return CanaryVerdict.fault(
                new CanaryReport(
                        "front", Instant.EPOCH, Duration.ofMinutes(1), running, candidate, ""));
    }

    private static Side candidate(long frames, Map<String, Long> crossings, Duration time) {
        return new Side("1.0.1", frames, crossings, time);
    }

    @Test
    void oneThatDoesTheSameIsTaken() {
        assertThat(fault(RUNNING, candidate(500, CROSSINGS, TIME))).isEmpty();
    }

    @Test
    void aTenthMayDiffer() {
        Map<String, Long> near = Map.of("door person in", 18L, "door person out", 11L);
        assertThat(fault(RUNNING, candidate(451, near, TIME))).isEmpty();
    }

    @Test
    void oneThatLooksAtFewerFramesIsDropped() {
        assertThat(fault(RUNNING, candidate(449, CROSSINGS, TIME)))
                .hasValue("it looked at 449 frames of 500");
    }

    @Test
    void oneThatCountsOtherwiseIsDropped() {
        Map<String, Long> other = Map.of("door person in", 10L, "door person out", 20L);
        assertThat(fault(RUNNING, candidate(500, other, TIME)))
                .hasValueSatisfying(
                        words -> assertThat(words).contains("counts otherwise", "in=10", "in=20"));
    }

    @Test
    void oneThatCountsUnderAnotherNameIsDropped() {
        Map<String, Long> other = Map.of("door people in", 20L, "door people out", 10L);
        assertThat(fault(RUNNING, candidate(500, other, TIME))).isPresent();
    }

    @Test
    void oneThatIsMuchSlowerIsDropped() {
        assertThat(fault(RUNNING, candidate(500, CROSSINGS, Duration.ofMillis(20)))).isEmpty();
        assertThat(fault(RUNNING, candidate(500, CROSSINGS, Duration.ofMillis(21))))
                .hasValue("its detector takes 21.0 ms a frame instead of 10.0 ms");
    }

    @Test
    void aCameraWithoutFramesProvesNothing() {
        Side none = new Side("1.0.0", 0, Map.of(), Duration.ZERO);
        assertThat(fault(none, none)).hasValue("camera front yields no frames to compare");
    }
}
