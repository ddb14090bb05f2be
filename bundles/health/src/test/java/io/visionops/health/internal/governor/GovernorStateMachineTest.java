package io.visionops.health.internal.governor;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GovernorStateMachineTest {

    private static final Duration LOOK = Duration.ofSeconds(5);

    private final ManualClock clock = new ManualClock(Instant.EPOCH);
    private final GovernorStateMachine machine =
            new GovernorStateMachine(GovernorSettings.defaults());

    private Optional<LevelChange> last = Optional.empty();

    /** Looks every five seconds for as long, and sees always the same. */
    private GovernorLevel during(Duration length, Map<GovernorInput, Double> values) {
        for (Duration at = Duration.ZERO; at.compareTo(length) < 0; at = at.plus(LOOK)) {
            clock.advance(LOOK);
            machine.step(values, clock.nanos()).ifPresent(change -> last = Optional.of(change));
        }
        return machine.level();
    }

    private GovernorLevel during(Duration length, GovernorInput input, double value) {
        return during(length, Map.of(input, value));
    }

    private static Duration minutes(long count) {
        return Duration.ofMinutes(count);
    }

    @Test
    void belowAllThresholdsNothingIsAsked() {
        assertThat(
                        during(
                                minutes(60),
                                Map.of(
                                        GovernorInput.TEMPERATURE, 69.9,
                                        GovernorInput.MEMORY, 79.0,
                                        GovernorInput.CPU, 89.0,
                                        GovernorInput.QUEUE, 9.9)))
                .isEqualTo(GovernorLevel.FULL);
    }

    @Test
    void pressureThatPassesIsNotActedUpon() {
        for (int i = 0; i < 20; i++) {
            during(Duration.ofSeconds(55), GovernorInput.CPU, 99);
            during(LOOK, GovernorInput.CPU, 50);
        }

        assertThat(machine.level()).isEqualTo(GovernorLevel.FULL);
    }

    @Test
    void pressureThatLastsLeavesOutMoreStepByStepAndSaysWhy() {
        during(minutes(1), GovernorInput.CPU, 95);
        assertThat(machine.level()).isEqualTo(GovernorLevel.FULL);

        during(LOOK, GovernorInput.CPU, 95);
        assertThat(machine.level()).isEqualTo(GovernorLevel.FEWER_FRAMES_LOW);
        assertThat(last.orElseThrow().input()).contains(GovernorInput.CPU);
        assertThat(machine.reason()).isEqualTo("cpu 95.0 percent, limit 90");

        during(Duration.ofSeconds(65), GovernorInput.CPU, 95);
        assertThat(machine.level()).isEqualTo(GovernorLevel.FEWER_FRAMES);
        assertThat(during(minutes(30), GovernorInput.CPU, 95)).isEqualTo(GovernorLevel.MOTION);
    }

    @Test
    void heatPausesAllAfterSecondsAndNothingElseDoes() {
        during(minutes(60), GovernorInput.MEMORY, 99);
        assertThat(machine.level()).isEqualTo(GovernorLevel.MOTION);
        during(minutes(60), GovernorInput.TEMPERATURE, 74.9);
        assertThat(machine.level()).isEqualTo(GovernorLevel.MOTION);

        during(Duration.ofSeconds(15), GovernorInput.TEMPERATURE, 75);

        assertThat(machine.level()).isEqualTo(GovernorLevel.PAUSED);
        assertThat(machine.reason()).isEqualTo("temperature 75.0 degrees, limit 75");
    }

    @Test
    void aHotSensorForAMomentPausesNothing() {
        during(Duration.ofSeconds(10), GovernorInput.TEMPERATURE, 90);
        during(LOOK, GovernorInput.TEMPERATURE, 60);
        during(Duration.ofSeconds(10), GovernorInput.TEMPERATURE, 90);

        assertThat(machine.level()).isEqualTo(GovernorLevel.FULL);
    }

    @Test
    void itComesBackStepByStepAndOnlyWellBelowTheThreshold() {
        during(Duration.ofSeconds(15), GovernorInput.TEMPERATURE, 80);
        assertThat(during(minutes(120), GovernorInput.TEMPERATURE, 65))
                .isEqualTo(GovernorLevel.PAUSED);

        during(minutes(5), GovernorInput.TEMPERATURE, 64.9);
        assertThat(machine.level()).isEqualTo(GovernorLevel.PAUSED);
        during(LOOK, GovernorInput.TEMPERATURE, 64.9);
        assertThat(machine.level()).isEqualTo(GovernorLevel.MOTION);
        assertThat(machine.reason())
                .isEqualTo("on the way back, after temperature 80.0 degrees, limit 75");
        for (int level = GovernorLevel.MOTION.ordinal(); level > 0; level--) {
            assertThat(machine.level().ordinal()).isEqualTo(level);
            during(Duration.ofSeconds(305), GovernorInput.TEMPERATURE, 50);
        }
        assertThat(machine.level()).isEqualTo(GovernorLevel.FULL);
        assertThat(machine.reason()).isEmpty();
    }

    @Test
    void littleMemoryCostsFramesAndVeryLittleMore() {
        assertThat(during(minutes(60), GovernorInput.MEMORY, 85))
                .isEqualTo(GovernorLevel.FEWER_FRAMES);

        assertThat(during(minutes(60), GovernorInput.MEMORY, 91)).isEqualTo(GovernorLevel.MOTION);
    }

    @Test
    void lateFramesCostFramesAndNeverTheDetector() {
        assertThat(during(minutes(60), GovernorInput.QUEUE, 90))
                .isEqualTo(GovernorLevel.FEWER_FRAMES);
    }

    @Test
    void whatCannotAskForALevelDoesNotHoldIt() {
        during(Duration.ofSeconds(15), GovernorInput.TEMPERATURE, 80);

        during(minutes(11), Map.of(GovernorInput.TEMPERATURE, 50.0, GovernorInput.CPU, 99.0));

        // The load never paused anything, so it does not keep the pause; but it keeps the rest.
        assertThat(machine.level()).isEqualTo(GovernorLevel.MOTION);
    }

    @Test
    void aSensorThatIsGoneDoesNotPauseForEver() {
        during(Duration.ofSeconds(15), GovernorInput.TEMPERATURE, 80);

        during(minutes(60), Map.of());

        assertThat(machine.level()).isEqualTo(GovernorLevel.FULL);
    }

    @Test
    void aTimeInWhichNobodyLookedIsNoTimeInWhichAllWasWell() {
        during(Duration.ofSeconds(15), GovernorInput.TEMPERATURE, 80);
        during(minutes(4), GovernorInput.TEMPERATURE, 50);
        clock.advance(minutes(10));

        during(minutes(5), GovernorInput.TEMPERATURE, 50);
        assertThat(machine.level()).isEqualTo(GovernorLevel.PAUSED);
        during(LOOK, GovernorInput.TEMPERATURE, 50);
        assertThat(machine.level()).isEqualTo(GovernorLevel.MOTION);
    }

    @Test
    void whileNothingIsKnownTheLevelStays() {
        during(Duration.ofSeconds(15), GovernorInput.TEMPERATURE, 80);
        for (int i = 0; i < 1000; i++) {
            clock.advance(LOOK);
            machine.freeze();
        }
        assertThat(machine.level()).isEqualTo(GovernorLevel.PAUSED);
        during(minutes(5), GovernorInput.TEMPERATURE, 50);

        assertThat(machine.level()).isEqualTo(GovernorLevel.PAUSED);
    }

    @Test
    void pressureThatComesBackEachTimeMakesTheWayBackSlower() {
        during(Duration.ofSeconds(65), GovernorInput.CPU, 95);
        during(Duration.ofSeconds(305), GovernorInput.CPU, 50);
        assertThat(machine.level()).isEqualTo(GovernorLevel.FULL);
        assertThat(machine.holdUp()).isEqualTo(minutes(5));

        during(Duration.ofSeconds(65), GovernorInput.CPU, 95);
        assertThat(machine.holdUp()).isEqualTo(minutes(10));
        assertThat(during(minutes(9), GovernorInput.CPU, 50))
                .isEqualTo(GovernorLevel.FEWER_FRAMES_LOW);
        during(minutes(2), GovernorInput.CPU, 50);
        assertThat(machine.level()).isEqualTo(GovernorLevel.FULL);

        for (int i = 0; i < 6; i++) {
            during(Duration.ofSeconds(65), GovernorInput.CPU, 95);
            during(machine.holdUp().plus(LOOK), GovernorInput.CPU, 50);
            assertThat(machine.level()).isEqualTo(GovernorLevel.FULL);
        }
        assertThat(machine.holdUp()).isEqualTo(GovernorStateMachine.SLOWEST);
        during(minutes(31), GovernorInput.CPU, 50);
        during(Duration.ofSeconds(65), GovernorInput.CPU, 95);
        assertThat(machine.holdUp()).isEqualTo(minutes(5));
    }

    @Test
    void stepsUpThatLastMakeTheNextOnesFasterAgain() {
        during(minutes(4), GovernorInput.CPU, 95);
        GovernorLevel lowest = machine.level();
        for (int i = 0; i < 4; i++) {
            during(machine.holdUp().plus(LOOK), GovernorInput.CPU, 50);
            during(Duration.ofSeconds(65), GovernorInput.CPU, 95);
        }
        assertThat(machine.level()).isEqualTo(lowest);
        assertThat(machine.holdUp()).isEqualTo(GovernorStateMachine.SLOWEST);

        during(minutes(30 + 30 + 30 + 20 + 1), GovernorInput.CPU, 50);

        assertThat(machine.level()).isEqualTo(GovernorLevel.FULL);
    }

    @Test
    void whoSwitchesItOffHasFullServiceAtOnce() {
        during(Duration.ofSeconds(15), GovernorInput.TEMPERATURE, 80);

        assertThat(machine.reset("off", clock.nanos()).orElseThrow().now())
                .isEqualTo(GovernorLevel.FULL);

        assertThat(machine.level()).isEqualTo(GovernorLevel.FULL);
        assertThat(machine.reset("off", clock.nanos())).isEmpty();
    }
}
