package io.visionops.backup.internal;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;

/**
 * When the next backup is made by itself.
 *
 * @param daily time of day; empty: never
 * @param jitter so much later, so that a hundred sites do not write to one server at once
 * @param zone of that time of day
 * @param started when the part was started
 */
record Schedule(Optional<LocalTime> daily, Duration jitter, ZoneId zone, Instant started) {

    /** A start has enough to do; and a machine that was off at its time makes up for it. */
    static final Duration AFTER_START = Duration.ofMinutes(15);

    /** Between a backup and the increment after it. */
    static final Duration HOURLY = Duration.ofHours(1);

    /** After a backup that failed. */
    static final Duration AGAIN = Duration.ofHours(1);

    /**
     * @param last the newest backup
     * @param failed when the last try failed
     */
    Optional<Instant> next(Optional<Instant> last, Optional<Instant> failed) {
        return daily.map(
                time -> {
                    Instant earliest = started.plus(AFTER_START);
                    Instant due =
                            last.map(one -> occurrence(time, one).plus(jitter)).orElse(earliest);
                    Instant again = failed.map(one -> one.plus(AGAIN)).orElse(Instant.EPOCH);
                    return max(max(due, earliest), again);
                });
    }

    /**
     * When the next increment is made: an hour after whatever was made last, where there is a full
     * backup.
     *
     * @param last the newest backup of any kind
     * @param failed when the last try failed
     */
    Optional<Instant> nextIncrement(Optional<Instant> last, Optional<Instant> failed) {
        if (daily.isEmpty()) {
            return Optional.empty();
        }
        Instant again = failed.map(one -> one.plus(AGAIN)).orElse(Instant.EPOCH);
        return last.map(one -> max(max(one.plus(HOURLY), started.plus(AFTER_START)), again));
    }

    /** The first one that is after a moment, and not within an hour of it. */
    private Instant occurrence(LocalTime time, Instant after) {
        ZonedDateTime base = after.plus(Duration.ofHours(1)).atZone(zone);
        ZonedDateTime today = base.with(time);
        return (today.isAfter(base) ? today : today.plusDays(1)).toInstant();
    }

    private static Instant max(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
