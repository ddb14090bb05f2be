package io.visionops.console.internal;

import io.visionops.api.time.Ticker;
import io.visionops.console.internal.PageProbe.Found;
import io.visionops.console.internal.PageProbe.Outcome;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.felix.hc.api.Result;

/**
 * Says how the pages are, by the last times that one was asked for. Asked for by one thread, read
 * by any.
 */
final class PagesJudge {

    /** While they are served. */
    static final Duration EVERY = Duration.ofSeconds(30);

    /** While they are not: they come, or go for good. */
    static final Duration SOON = Duration.ofSeconds(3);

    /** In a row, before it is more than a part that is replaced. */
    static final int FAULTS = 3;

    /** Of the last look; a look takes ten seconds at most. */
    static final Duration OLDEST = Duration.ofMinutes(2);

    private final Supplier<Outcome> probe;
    private final Ticker ticker;
    private volatile Look last;

    /**
     * A look at a page.
     *
     * @param outcome empty before the first one
     * @param inARow how often it ended in this way
     */
    private record Look(Optional<Outcome> outcome, int inARow, long at) {

        boolean isServed() {
            return outcome.map(Outcome::found).filter(Found.SERVED::equals).isPresent();
        }
    }

    PagesJudge(Supplier<Outcome> probe, Ticker ticker) {
        this.probe = probe;
        this.ticker = ticker;
        last = new Look(Optional.empty(), 0, ticker.nanos());
    }

    /** Called every {@link #SOON}: looks when it is time, and waits for the answer. */
    void lookIfDue() {
        Look before = last;
        if (before.isServed() && age(before).compareTo(EVERY) < 0) {
            return;
        }
        Outcome outcome = probe.get();
        boolean same = before.outcome().map(Outcome::found).equals(Optional.of(outcome.found()));
        last = new Look(Optional.of(outcome), same ? before.inARow() + 1 : 1, ticker.nanos());
    }

    private Duration age(Look look) {
        return Duration.ofNanos(ticker.nanos() - look.at());
    }

    Result result() {
        Look now = last;
        if (age(now).compareTo(OLDEST) > 0) {
            return new Result(
                    Result.Status.WARN,
                    "no page has been asked for in " + age(now).toSeconds() + " s");
        }
        if (now.outcome().isEmpty()) {
            return new Result(Result.Status.TEMPORARILY_UNAVAILABLE, "the pages come in a moment");
        }
        return result(now.outcome().get(), now.inARow() < FAULTS);
    }

    private static Result result(Outcome outcome, boolean early) {
        return switch (outcome.found()) {
            case SERVED -> new Result(Result.Status.OK, outcome.words());
            case REFUSED ->
                    new Result(
                            Result.Status.OK,
                            outcome.words()
                                    + ", since http.names of etc/io.visionops.login.cfg"
                                    + " does not name that address: not known whether pages are"
                                    + " served");
            case NOT_ASKED ->
                    new Result(
                            early ? Result.Status.TEMPORARILY_UNAVAILABLE : Result.Status.OK,
                            outcome.words() + ": not known whether pages are served");
            case NO_ANSWER -> new Result(worse(early, Result.Status.WARN), outcome.words());
            // Nobody else tells that the web server has lost them, and it does not get over it.
            case NOT_SERVED ->
                    new Result(
                            worse(early, Result.Status.CRITICAL),
                            outcome.words() + ": the web server does not give the pages out");
        };
    }

    private static Result.Status worse(boolean early, Result.Status status) {
        return early ? Result.Status.TEMPORARILY_UNAVAILABLE : status;
    }
}
