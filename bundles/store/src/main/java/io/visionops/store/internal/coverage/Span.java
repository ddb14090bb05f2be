package io.visionops.store.internal.coverage;

import io.visionops.api.journal.Fact.Sight;
import java.util.Optional;

/**
 * A stretch of time and what became of it. Stretches of one camera and side do not overlap.
 *
 * @param since milliseconds since 1970
 * @param until exclusive, after {@code since}
 * @param cause empty when watched
 * @param seen milliseconds of it that were seen, spread evenly for all that is known
 */
public record Span(long since, long until, Sight sight, String cause, long seen) {

    private static final long MINUTE = 60_000;

    public Span {
        if (until <= since || seen < 0 || seen > until - since) {
            throw new IllegalArgumentException(seen + " of " + since + ".." + until);
        }
    }

    public long length() {
        return until - since;
    }

    /** What of it lies before a time. */
    public Optional<Span> before(long time) {
        return cut(since, Math.min(until, time));
    }

    /** What of it does not lie before a time. */
    public Optional<Span> after(long time) {
        return cut(Math.max(since, time), until);
    }

    private Optional<Span> cut(long from, long to) {
        if (from >= to) {
            return Optional.empty();
        }
        return Optional.of(new Span(from, to, sight, cause, seenWithin(from, to)));
    }

    /** Milliseconds that were seen of a part of it. */
    long seenWithin(long from, long to) {
        if (seen == 0 || seen == length()) {
            return seen == 0 ? 0 : to - from;
        }
        // Counted from the start, so that the parts of a stretch are together what it is.
        return (to - since) * seen / length() - (from - since) * seen / length();
    }

    /**
     * Both as one, where that loses nothing that a minute tells: when one follows the other, and
     * either both were seen alike or they lie within one minute.
     */
    public Optional<Span> joined(Span next) {
        boolean alike =
                seen * next.length() == next.seen * length() && (seen == 0 || seen == length());
        return until == next.since && (alike || sharesMinute(next))
                ? merged(next)
                : Optional.empty();
    }

    /** Both as one with the time between, within one minute. */
    public Optional<Span> bridged(Span next) {
        return sharesMinute(next) ? merged(next) : Optional.empty();
    }

    private boolean sharesMinute(Span next) {
        return Math.floorDiv(since, MINUTE) == Math.floorDiv(next.until - 1, MINUTE);
    }

    private Optional<Span> merged(Span next) {
        return sight == next.sight && cause.equals(next.cause)
                ? Optional.of(new Span(since, next.until, sight, cause, seen + next.seen))
                : Optional.empty();
    }
}
