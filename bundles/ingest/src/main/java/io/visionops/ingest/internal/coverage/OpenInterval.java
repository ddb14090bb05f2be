package io.visionops.ingest.internal.coverage;

import io.visionops.api.journal.Fact;
import io.visionops.api.journal.Fact.Sight;
import io.visionops.api.query.Coverage;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/**
 * The time of a camera that is not told yet: how well it is watched, why not better, and for how
 * much of it there was something to see. What is told of one begins where the last one ended. Pure:
 * knows no clock. Used under the lock of its camera.
 */
final class OpenInterval {

    /** An interval that is longer is told, so a crash loses no more than that. */
    static final Duration LONGEST = Duration.ofSeconds(10);

    private final String camera;
    private final Consumer<Fact> told;

    private Sight sight = Sight.BLIND;
    private String cause = Coverage.CONNECTING;
    private Instant from = Instant.EPOCH;
    private Duration seen = Duration.ZERO;

    /**
     * @param told receives what is to be journaled
     */
    OpenInterval(String camera, Consumer<Fact> told) {
        this.camera = camera;
        this.told = told;
    }

    /** What holds for this interval and those that follow. */
    void use(Sight what, String why) {
        sight = what;
        cause = why;
    }

    boolean is(Sight what, String why) {
        return sight == what && cause.equals(why);
    }

    /** Why it is not watched; empty when it is. */
    String cause() {
        return cause;
    }

    /** Where it begins. */
    Instant from() {
        return from;
    }

    /** Begins at another time; what there was before is not told. */
    void start(Instant at) {
        from = at;
        seen = Duration.ZERO;
    }

    /** There was something to see for a part of it. */
    void see(Instant since, Instant until) {
        if (since.isBefore(until)) {
            seen = seen.plus(Duration.between(since, until));
        }
    }

    /** Whether it is to be told when it reaches until then. */
    boolean isFull(Instant until) {
        return Duration.between(from, until).compareTo(LONGEST) >= 0;
    }

    /** The full minute after its begin, which it does not reach beyond. */
    Instant nextMinute() {
        return Instant.ofEpochSecond(Math.floorDiv(from.getEpochSecond(), 60) * 60 + 60);
    }

    /** Tells it up to a time and begins the next one there. */
    void tell(Instant until) {
        if (from.isBefore(until)) {
            told.accept(account(sight, cause, from, until, seen));
        }
        start(until);
    }

    /** Tells the time before it again, of which something else was found out. */
    void correct(Sight what, String why, Instant since) {
        if (since.isBefore(from)) {
            told.accept(account(what, why, since, from, Duration.between(since, from)));
        }
    }

    private Fact.Account account(
            Sight what, String why, Instant since, Instant until, Duration visible) {
        Duration length = Duration.between(since, until);
        if (what == Sight.BLIND) {
            return Fact.Account.blind(camera, why, since, length);
        }
        boolean late = visible.compareTo(length) < 0;
        if (what == Sight.WATCHED && !late) {
            return Fact.Account.watched(camera, since, length);
        }
        return new Fact.Account(
                camera,
                Sight.DEGRADED,
                what == Sight.WATCHED ? Coverage.LATE : why,
                since,
                length,
                visible);
    }
}
