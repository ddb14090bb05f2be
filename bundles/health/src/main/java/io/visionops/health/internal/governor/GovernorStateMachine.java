package io.visionops.health.internal.governor;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which level is right, from one look at the machine to the next. The level falls by one when an
 * input has asked for less all the while, and at once to PAUSED by heat; it rises by one when all
 * inputs have been well below their thresholds for longer. Knows no clock and no camera. For one
 * thread.
 */
final class GovernorStateMachine {

    /** Without a look for so long nobody knows that all was well meanwhile. */
    private static final Duration GAP = Duration.ofSeconds(15);

    /** The way back is not made slower than this, unless it is set to be. */
    static final Duration SLOWEST = Duration.ofMinutes(30);

    private static final String BACK = "on the way back, after ";

    private static final long NEVER = Long.MIN_VALUE;

    private GovernorSettings settings;
    private GovernorLevel level = GovernorLevel.FULL;
    private String reason = "";
    private long changedAt = NEVER;
    private long lookedAt = NEVER;

    /** Since when an input asks for less than is left out, heat for a pause, all is well. */
    private long pressedSince = NEVER;

    private long hotSince = NEVER;
    private long calmSince = NEVER;

    /** Whether the last change was up, and how often in a row that was too early. */
    private boolean rose;

    private int tooEarly;

    GovernorStateMachine(GovernorSettings settings) {
        this.settings = settings;
    }

    void use(GovernorSettings next) {
        settings = next;
    }

    GovernorLevel level() {
        return level;
    }

    /** Why the level is what it is; empty at FULL. */
    String reason() {
        return reason;
    }

    /** Takes over what a predecessor has asked for. */
    void adopt(GovernorLevel left, String why, long now) {
        level = left;
        reason = why;
        changedAt = now;
        rose = false;
        tooEarly = 0;
        forget();
    }

    /**
     * Nothing is known of the machine: the level stays, and what was seen before does not count.
     */
    void freeze() {
        forget();
    }

    private void forget() {
        pressedSince = NEVER;
        hotSince = NEVER;
        calmSince = NEVER;
        lookedAt = NEVER;
    }

    /** Back to full service at once, since somebody wants it. */
    Optional<LevelChange> reset(String why, long now) {
        if (level == GovernorLevel.FULL) {
            return Optional.empty();
        }
        LevelChange change = new LevelChange(level, GovernorLevel.FULL, Optional.empty(), why);
        adopt(GovernorLevel.FULL, "", now);
        return Optional.of(change);
    }

    /**
     * One look.
     *
     * @param values of the inputs that are known
     * @param now nanoseconds of a monotonic clock
     */
    Optional<LevelChange> step(Map<GovernorInput, Double> values, long now) {
        if (lookedAt != NEVER && now - lookedAt > GAP.toNanos()) {
            calmSince = NEVER;
        }
        lookedAt = now;
        Pressure pressure = Pressure.of(values, settings);
        boolean hot = pressure.wanted == GovernorLevel.PAUSED && level != GovernorLevel.PAUSED;
        boolean pressed = pressure.wanted.isDeeperThan(level);
        hotSince = hot ? since(hotSince, now) : NEVER;
        pressedSince = pressed ? since(pressedSince, now) : NEVER;
        boolean calm = level != GovernorLevel.FULL && !isHeld(values);
        calmSince = calm ? since(calmSince, now) : NEVER;
        if (hot && now - hotSince >= settings.holdPause().toNanos()) {
            return Optional.of(fall(GovernorLevel.PAUSED, pressure, now));
        }
        // To pause has its own time.
        if (pressed
                && level.deeper() != GovernorLevel.PAUSED
                && now - pressedSince >= settings.holdDown().toNanos()) {
            return Optional.of(fall(level.deeper(), pressure, now));
        }
        if (calm && now - Math.max(calmSince, changedAt) >= holdUp().toNanos()) {
            return Optional.of(rise(now));
        }
        return Optional.empty();
    }

    private static long since(long before, long now) {
        return before == NEVER ? now : before;
    }

    private boolean isHeld(Map<GovernorInput, Double> values) {
        return values.entrySet().stream()
                .anyMatch(one -> threshold(one.getKey(), settings).holds(one.getValue(), level));
    }

    /**
     * Longer each time that the pressure came back soon after a step up, shorter with each one that
     * it did not.
     */
    Duration holdUp() {
        Duration hold = settings.holdUp().multipliedBy(1L << tooEarly);
        Duration most = settings.holdUp().compareTo(SLOWEST) > 0 ? settings.holdUp() : SLOWEST;
        return hold.compareTo(most) > 0 ? most : hold;
    }

    private LevelChange fall(GovernorLevel to, Pressure pressure, long now) {
        if (rose) {
            boolean soon = now - changedAt < SLOWEST.toNanos();
            tooEarly = soon ? Math.min(tooEarly + 1, 12) : 0;
        }
        rose = false;
        reason = pressure.words();
        return changeTo(to, Optional.ofNullable(pressure.input), reason, now);
    }

    private LevelChange rise(long now) {
        // The step up before this one was not too early.
        tooEarly = rose ? Math.max(0, tooEarly - 1) : tooEarly;
        rose = true;
        String why = "nothing is short any more";
        LevelChange change = changeTo(level.higher(), Optional.empty(), why, now);
        if (level == GovernorLevel.FULL) {
            reason = "";
        } else if (!reason.startsWith(BACK)) {
            reason = BACK + reason;
        }
        return change;
    }

    private LevelChange changeTo(
            GovernorLevel to, Optional<GovernorInput> input, String why, long now) {
        LevelChange change = new LevelChange(level, to, input, why);
        level = to;
        changedAt = now;
        pressedSince = NEVER;
        hotSince = NEVER;
        calmSince = NEVER;
        return change;
    }

    private static Threshold threshold(GovernorInput input, GovernorSettings settings) {
        Threshold threshold = settings.thresholds().get(input);
        if (threshold == null) {
            throw new IllegalStateException("no threshold for " + input);
        }
        return threshold;
    }

    /**
     * What is asked for.
     *
     * @param input that asks for the lowest level; null when none asks for less than full service
     */
    private record Pressure(
            GovernorLevel wanted, @Nullable GovernorInput input, double value, double limit) {

        static Pressure of(Map<GovernorInput, Double> values, GovernorSettings settings) {
            return values.entrySet().stream()
                    .map(one -> of(one.getKey(), one.getValue(), settings))
                    .max(Comparator.comparing(Pressure::wanted))
                    .filter(one -> one.wanted != GovernorLevel.FULL)
                    .orElse(new Pressure(GovernorLevel.FULL, null, 0, 0));
        }

        private static Pressure of(GovernorInput input, double value, GovernorSettings settings) {
            Threshold threshold = threshold(input, settings);
            double critical = threshold.critical().orElse(Double.MAX_VALUE);
            return new Pressure(
                    threshold.wanted(value),
                    input,
                    value,
                    value >= critical ? critical : threshold.throttle());
        }

        String words() {
            return input == null
                    ? ""
                    : String.format(
                            Locale.ROOT,
                            "%s %.1f %s, limit %s",
                            input.key(),
                            value,
                            input.unit(),
                            // 70 and not 70.0, but 72.5
                            BigDecimal.valueOf(limit).stripTrailingZeros().toPlainString());
        }
    }
}
