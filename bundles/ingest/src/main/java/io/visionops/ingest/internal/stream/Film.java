package io.visionops.ingest.internal.stream;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The time of a film that is read {@code asap}.
 *
 * @param start as its camera's settings or the file tell it; empty when neither does
 * @param length empty when the file does not tell it
 */
record Film(Optional<Instant> start, Optional<Duration> length) {

    static final Film UNKNOWN = new Film(Optional.empty(), Optional.empty());

    /** Its start; if it would not be over by now, early enough that it is. */
    Instant startBy(Instant now) {
        Instant latest = now.minus(length.orElse(Duration.ZERO));
        return start.filter(time -> time.isBefore(latest)).orElse(latest);
    }

    /** Whether it would not be over by now if it began when it is said to. */
    boolean isOfTheFuture(Instant now) {
        return start.isPresent() && !startBy(now).equals(start.get());
    }

    /** How far into the film a moment is, whether it was repeated before or not. */
    Duration within(Duration played) {
        return length.filter(one -> one.compareTo(played) <= 0)
                .map(one -> Duration.ofNanos(played.toNanos() % one.toNanos()))
                .orElse(played);
    }
}
