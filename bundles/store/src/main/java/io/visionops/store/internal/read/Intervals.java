package io.visionops.store.internal.read;

import io.visionops.api.ledger.CountQuery;
import java.time.Instant;
import java.util.Optional;

/**
 * The rows that a query of counts asks for: stretches of one length from {@code start} to {@code
 * end}, the last one shorter where the end lies within.
 *
 * @param start milliseconds since 1970
 * @param end exclusive
 * @param length of a row
 * @param now what lies behind it cannot be watched yet
 */
record Intervals(long start, long end, long length, long now) {

    /** More rows are not for reading: a day of minutes for three lines, both ways. */
    private static final int MOST_ROWS = 10_000;

    /**
     * @param first time of the first record
     * @param now the present, or the end of the last record where that is later
     */
    static Intervals of(CountQuery query, long first, long now) {
        return of(query.from(), query.to(), query.interval(), first, now);
    }

    /** Likewise. */
    static Intervals of(
            Optional<Instant> from,
            Optional<Instant> to,
            CountQuery.Interval interval,
            long first,
            long now) {
        boolean whole = interval == CountQuery.Interval.ALL;
        long step = whole ? 1 : interval.seconds() * 1000;
        long start = down(from.map(Times::millis).orElse(first), step);
        // Without an end the running interval is a full one, as the ones before it.
        long end = to.map(Times::millis).orElseGet(() -> whole ? now : down(now - 1, step) + step);
        return new Intervals(start, end, whole ? Math.max(end - start, 1) : step, now);
    }

    int count() {
        return end <= start ? 0 : Math.toIntExact((end - start + length - 1) / length);
    }

    /**
     * @throws IllegalArgumentException when a reply would be too long to be of use
     */
    void check(int rowsEach) {
        long each = end <= start ? 0 : (end - start + length - 1) / length;
        if (each * rowsEach > MOST_ROWS) {
            throw new IllegalArgumentException(
                    each * rowsEach
                            + " rows from "
                            + Instant.ofEpochMilli(start)
                            + " to "
                            + Instant.ofEpochMilli(end)
                            + ", "
                            + MOST_ROWS
                            + " are allowed: narrow the time, name a camera, or take a longer"
                            + " interval");
        }
    }

    /** When a row begins, in milliseconds since 1970. */
    long startOf(int index) {
        return start + index * length;
    }

    /** When a row ends, exclusive. */
    long endOf(int index) {
        return Math.min(start + (index + 1) * length, end);
    }

    Instant from(int index) {
        return Instant.ofEpochMilli(startOf(index));
    }

    Instant to(int index) {
        return Instant.ofEpochMilli(endOf(index));
    }

    /** The share of a row that was watched, to four decimals. */
    double share(int index, long watched) {
        long possible = Math.min(endOf(index), now) - startOf(index);
        return possible <= 0
                ? 0
                : Math.round(Math.min(1, (double) watched / possible) * 10_000) / 10_000.0;
    }

    private static long down(long time, long step) {
        return Math.floorDiv(time, step) * step;
    }
}
