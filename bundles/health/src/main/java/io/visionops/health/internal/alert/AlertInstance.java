package io.visionops.health.internal.alert;

import java.time.Duration;
import java.time.Instant;

/**
 * One check or series for which the condition of a rule holds, or held a moment ago. Not
 * thread-safe.
 */
final class AlertInstance {

    /** What is not there says nothing for so long: a part is being replaced. Then it is well. */
    private static final Duration ABSENT = Duration.ofSeconds(30);

    private static final long NOT_WELL = Long.MIN_VALUE;

    private Observation seen;
    private final Instant since;
    private final long sinceNanos;
    private boolean active;
    private long wellNanos = NOT_WELL;
    private long seenNanos;

    /** The condition has just begun to hold. */
    AlertInstance(Observation seen, Moment now) {
        this(seen, now.wall(), now.nanos(), false, now);
    }

    private AlertInstance(
            Observation seen, Instant since, long sinceNanos, boolean active, Moment now) {
        this.seen = seen;
        this.since = since;
        this.sinceNanos = sinceNanos;
        this.active = active;
        this.seenNanos = now.nanos();
    }

    /** As an earlier run has left it. */
    static AlertInstance kept(Observation seen, Instant since, boolean active, Moment now) {
        return new AlertInstance(seen, since, now.nanosOf(since), active, now);
    }

    /**
     * Goes on by what is seen now.
     *
     * @return false when it is over
     */
    boolean step(Observation now, Rule rule, Moment at) {
        seenNanos = at.nanos();
        if (now.verdict() == Observation.Verdict.BAD) {
            seen = now;
        }
        return step(now.verdict(), rule, at);
    }

    /** Likewise, where it is not there to be seen. */
    boolean stepUnseen(Rule rule, Moment at) {
        boolean gone = at.since(seenNanos).compareTo(ABSENT) >= 0;
        return step(gone ? Observation.Verdict.WELL : Observation.Verdict.HOLD, rule, at);
    }

    private boolean step(Observation.Verdict verdict, Rule rule, Moment at) {
        switch (verdict) {
            case BAD -> wellNanos = NOT_WELL;
            case WELL -> {
                if (!active) {
                    return false;
                }
                if (wellNanos == NOT_WELL) {
                    wellNanos = at.nanos();
                }
            }
            case HOLD -> {}
        }
        if (wellNanos != NOT_WELL) {
            return at.since(wellNanos).compareTo(rule.clearFor()) < 0;
        }
        active |= at.since(sinceNanos).compareTo(rule.holdFor()) >= 0;
        return true;
    }

    /** As it was seen when its condition last held. */
    Observation seen() {
        return seen;
    }

    Instant since() {
        return since;
    }

    /** Whether the condition has held for as long as the rule asks for. */
    boolean isActive() {
        return active;
    }
}
