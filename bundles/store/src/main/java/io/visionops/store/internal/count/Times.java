package io.visionops.store.internal.count;

import io.visionops.store.internal.write.Sequence;
import java.time.Instant;
import java.util.Optional;

/** Ends of a stretch of time in a query. */
public final class Times {

    private Times() {}

    /**
     * @throws IllegalArgumentException when the end lies before the beginning
     */
    public static void check(Optional<Instant> from, Optional<Instant> to) {
        if (from.isPresent() && to.isPresent() && from.get().isAfter(to.get())) {
            throw new IllegalArgumentException(
                    "from " + from.get() + " is after to " + to.get() + ": exchange them");
        }
    }

    /**
     * The first millisecond since 1970 that is not before a time, within what can be stored: stored
     * times are whole milliseconds, so this is right for both ends of a stretch.
     */
    static long millis(Instant time) {
        long seconds = Math.max(-1, Math.min(time.getEpochSecond(), Sequence.LAST / 1000));
        long millis = seconds * 1000 + (time.getNano() + 999_999) / 1_000_000;
        return Math.max(0, Math.min(millis, Sequence.LAST));
    }

    /** The smallest key of a row that is not before the beginning. */
    public static long firstKey(Optional<Instant> from) {
        return Sequence.first(from.map(Times::millis).orElse(0L));
    }

    /** The smallest key of a row that is not before the end. */
    public static long endKey(Optional<Instant> to) {
        return Sequence.first(to.map(Times::millis).orElse(Sequence.LAST));
    }
}
