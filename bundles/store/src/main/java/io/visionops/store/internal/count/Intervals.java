package io.visionops.store.internal.count;

import io.visionops.api.query.CountQuery;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * The rows that a query asks for: stretches from its start to its end, the last one shorter where
 * the end lies within. Days and hours begin where they do for people: a day may have 23 or 25
 * hours, and an hour begin at a half of UTC.
 */
final class Intervals {

    /** More rows are not for reading: a day of minutes for three lines, both ways. */
    private static final int MOST_ROWS = 10_000;

    private final long start;
    private final long end;
    private final long now;

    /** About so many rows there are, at most one more or less. */
    private final long rows;

    /** When each row begins; not filled when there are too many. */
    private final long[] starts;

    private Intervals(long start, long end, long now, long rows, long[] starts) {
        this.start = start;
        this.end = end;
        this.now = now;
        this.rows = rows;
        this.starts = starts;
    }

    /**
     * @param zone in which days and hours begin
     * @param first time of the first record
     * @param now the present, or the end of the last record where that is later
     */
    static Intervals of(CountQuery query, ZoneId zone, long first, long now) {
        return of(query.from(), query.to(), query.interval(), zone, first, now);
    }

    /** Likewise. */
    static Intervals of(
            Optional<Instant> from,
            Optional<Instant> to,
            CountQuery.Interval interval,
            ZoneId zone,
            long first,
            long now) {
        Step step = new Step(interval, zone);
        long start = step.down(from.map(Times::millis).orElse(first));
        // Without an end the running interval is a full one, as the ones before it.
        long end = to.map(Times::millis).orElseGet(() -> step.end(now));
        if (end <= start) {
            return new Intervals(start, end, now, 0, new long[0]);
        }
        long rows = step.about(start, end);
        return new Intervals(
                start, end, now, rows, rows > MOST_ROWS ? new long[0] : step.starts(start, end));
    }

    /** From the start of one row to that of the next. */
    private record Step(CountQuery.Interval interval, ZoneId zone) {

        long down(long time) {
            return switch (interval) {
                case ALL -> time;
                case DAY -> local(time).toLocalDate().atStartOfDay(zone).toInstant().toEpochMilli();
                case HOUR -> local(time).truncatedTo(ChronoUnit.HOURS).toInstant().toEpochMilli();
                // Every zone is some quarters of an hour off.
                default -> Math.floorDiv(time, millis()) * millis();
            };
        }

        long next(long start) {
            long next =
                    switch (interval) {
                        case DAY ->
                                local(start)
                                        .toLocalDate()
                                        .plusDays(1)
                                        .atStartOfDay(zone)
                                        .toInstant()
                                        .toEpochMilli();
                        case HOUR -> down(start + millis());
                        default -> start + millis();
                    };
            // Where a clock is set back by half an hour its hour has begun already.
            return next > start ? next : start + millis();
        }

        long end(long now) {
            return interval == CountQuery.Interval.ALL ? now : next(down(now - 1));
        }

        long about(long start, long end) {
            return interval == CountQuery.Interval.ALL
                    ? 1
                    : (end - start + millis() - 1) / millis();
        }

        long[] starts(long start, long end) {
            if (interval == CountQuery.Interval.ALL) {
                return new long[] {start};
            }
            return LongStream.iterate(start, one -> one < end, this::next).toArray();
        }

        private ZonedDateTime local(long time) {
            return Instant.ofEpochMilli(time).atZone(zone);
        }

        private long millis() {
            return interval.seconds() * 1000;
        }
    }

    long start() {
        return start;
    }

    long end() {
        return end;
    }

    int count() {
        return starts.length;
    }

    /**
     * @throws IllegalArgumentException when a reply would be too long to be of use
     */
    void check(int rowsEach) {
        long each = starts.length > 0 ? starts.length : rows;
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
        return starts[index];
    }

    /** When a row ends, exclusive. */
    long endOf(int index) {
        return index + 1 < starts.length ? starts[index + 1] : end;
    }

    /** The row that a minute or a day is counted in; the first one where it began before that. */
    int indexOf(long unitStart) {
        int found = Arrays.binarySearch(starts, unitStart);
        return Math.max(0, found >= 0 ? found : -found - 2);
    }

    Instant from(int index) {
        return Instant.ofEpochMilli(startOf(index));
    }

    Instant to(int index) {
        return Instant.ofEpochMilli(endOf(index));
    }

    /**
     * The share of a row that was watched, to four decimals, of the time in which it could be: what
     * lies before its camera was there or behind the present could not.
     */
    double share(int index, long watched, long cameraSince) {
        long possible = Math.min(endOf(index), now) - Math.max(startOf(index), cameraSince);
        return possible <= 0
                ? 0
                : Math.round(Math.min(1, (double) watched / possible) * 10_000) / 10_000.0;
    }
}
