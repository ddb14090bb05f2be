package io.visionops.health.internal.governor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for any input: random ones, the nasty ones about the thresholds above all. */
class GovernorFlappingTest {

    private static final int LOOKS = 60_000;
    private static final GovernorSettings SETTINGS = GovernorSettings.defaults();

    /** A change and its time. */
    private record Step(LevelChange change, long at) {

        boolean isUp() {
            return change.before().isDeeperThan(change.now());
        }
    }

    /** What was seen at one look. */
    private record Look(long at, GovernorLevel wanted, boolean hot) {}

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void itNeverFlaps(long seed) {
        Random random = new Random(seed);
        GovernorStateMachine machine = new GovernorStateMachine(SETTINGS);
        List<Step> steps = new ArrayList<>();
        Deque<Look> seen = new ArrayDeque<>();
        Map<GovernorInput, Double> values = new EnumMap<>(GovernorInput.class);
        long now = random.nextLong() >> 2;
        for (int i = 0; i < LOOKS; i++) {
            now += gap(random).toNanos();
            change(values, random);
            GovernorLevel before = machine.level();
            Optional<LevelChange> change = machine.step(values, now);
            seen.addLast(new Look(now, wanted(values), isHot(values)));
            while (now - seen.getFirst().at() > Duration.ofMinutes(2).toNanos()
                    && seen.size() > 1) {
                seen.removeFirst();
            }
            if (change.isPresent()) {
                assertThat(change.get().before()).isEqualTo(before);
                assertThat(change.get().now()).isEqualTo(machine.level());
                assertThatItWasDue(change.get(), seen, now);
                steps.add(new Step(change.get(), now));
            } else {
                assertThat(machine.level()).isEqualTo(before);
            }
        }
        assertThat(steps).as("a test that tests something").hasSizeGreaterThan(8);
        assertThatNothingFlaps(steps);
    }

    /** Mostly as in life; now and then nobody looks for long. */
    private static Duration gap(Random random) {
        return switch (random.nextInt(400)) {
            case 0 -> Duration.ofMinutes(random.nextInt(90));
            case 1, 2 -> Duration.ofSeconds(random.nextInt(60));
            default -> Duration.ofMillis(4_500 + random.nextInt(1_000));
        };
    }

    /** Stays for a while, then jumps; about thresholds, or anywhere, or is gone. */
    private static void change(Map<GovernorInput, Double> values, Random random) {
        for (GovernorInput input : GovernorInput.values()) {
            if (random.nextInt(60) == 0) {
                Threshold threshold = SETTINGS.thresholds().get(input);
                double critical = threshold.critical().orElse(threshold.throttle());
                switch (random.nextInt(6)) {
                    case 0 -> values.remove(input);
                    case 1 -> values.put(input, threshold.throttle() + random.nextInt(3) - 1);
                    case 2 -> values.put(input, critical + random.nextInt(3) - 1);
                    default -> values.put(input, threshold.release() * random.nextDouble());
                }
            }
        }
    }

    private static GovernorLevel wanted(Map<GovernorInput, Double> values) {
        return values.entrySet().stream()
                .map(one -> SETTINGS.thresholds().get(one.getKey()).wanted(one.getValue()))
                .max(GovernorLevel::compareTo)
                .orElse(GovernorLevel.FULL);
    }

    private static boolean isHot(Map<GovernorInput, Double> values) {
        return values.getOrDefault(GovernorInput.TEMPERATURE, 0.0) >= 75;
    }

    /** Less is done only after it was asked for all the while; a pause is for heat alone. */
    private static void assertThatItWasDue(LevelChange change, Deque<Look> seen, long now) {
        if (!change.now().isDeeperThan(change.before())) {
            assertThat(change.now().ordinal()).isEqualTo(change.before().ordinal() - 1);
            return;
        }
        boolean pause = change.now() == GovernorLevel.PAUSED;
        long hold = (pause ? SETTINGS.holdPause() : SETTINGS.holdDown()).toNanos();
        if (!pause) {
            assertThat(change.now().ordinal()).isEqualTo(change.before().ordinal() + 1);
        }
        assertThat(seen)
                .filteredOn(look -> now - look.at() <= hold)
                .allMatch(look -> pause ? look.hot() : look.wanted().isDeeperThan(change.before()));
    }

    /** Up is slow, so that the level cannot go up and down more than once in that time. */
    private static void assertThatNothingFlaps(List<Step> steps) {
        long hold = SETTINGS.holdUp().toNanos();
        long lastReturn = Long.MIN_VALUE;
        for (int i = 1; i < steps.size(); i++) {
            Step step = steps.get(i);
            Step before = steps.get(i - 1);
            if (step.isUp()) {
                assertThat(step.at() - before.at()).isGreaterThanOrEqualTo(hold);
            }
            boolean isReturn = !step.isUp() && before.isUp();
            if (isReturn) {
                if (lastReturn != Long.MIN_VALUE) {
                    assertThat(step.at() - lastReturn).isGreaterThanOrEqualTo(hold);
                }
                lastReturn = step.at();
            }
        }
    }
}
