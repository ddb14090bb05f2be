package io.visionops.store.internal.count;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.visionops.api.query.CountQuery.Interval;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IntervalsTest {

    private static Intervals of(String zone, Interval interval, String from, String to) {
        return Intervals.of(
                Optional.of(Instant.parse(from)),
                Optional.of(Instant.parse(to)),
                interval,
                ZoneId.of(zone),
                0,
                Instant.parse(to).toEpochMilli());
    }

    @ParameterizedTest
    @CsvSource({
        "Europe/Berlin, 2026-03-29T10:00:00Z, 2026-03-28T23:00:00Z, 23",
        "Europe/Berlin, 2026-10-25T10:00:00Z, 2026-10-24T22:00:00Z, 25",
        "Europe/Berlin, 2026-06-01T10:00:00Z, 2026-05-31T22:00:00Z, 24",
        "Asia/Kolkata, 2026-06-01T10:00:00Z, 2026-05-31T18:30:00Z, 24",
        // Midnight is twice there, and not at all.
        "America/Havana, 2026-11-01T12:00:00Z, 2026-11-01T04:00:00Z, 25",
        "Africa/Cairo, 2026-04-24T12:00:00Z, 2026-04-23T22:00:00Z, 23",
        "UTC, 2026-03-29T10:00:00Z, 2026-03-29T00:00:00Z, 24"
    })
    void aDayBeginsWhereItDoesForPeopleAndIsAsLong(
            String zone, String within, Instant start, int hours) {
        Intervals days =
                Intervals.of(
                        Optional.of(Instant.parse(within)),
                        Optional.empty(),
                        Interval.DAY,
                        ZoneId.of(zone),
                        0,
                        Instant.parse(within).toEpochMilli() + 1);

        assertThat(days.count()).isEqualTo(1);
        assertThat(days.from(0)).isEqualTo(start);
        assertThat(days.to(0)).isEqualTo(start.plus(Duration.ofHours(hours)));
    }

    @Test
    void anHourBeginsAtAHalfWhereTheZoneDoes() {
        Intervals hours =
                of("Asia/Kolkata", Interval.HOUR, "2026-06-01T10:00:00Z", "2026-06-01T12:00:00Z");

        assertThat(hours.from(0)).isEqualTo("2026-06-01T09:30:00Z");
        assertThat(hours.from(1)).isEqualTo("2026-06-01T10:30:00Z");
        assertThat(hours.count()).isEqualTo(3);
        assertThat(hours.to(2)).isEqualTo("2026-06-01T12:00:00Z");
    }

    @ParameterizedTest
    @CsvSource({
        "Australia/Lord_Howe, 2026-04-04T00:00:00Z, 2026-04-06T00:00:00Z",
        "Australia/Lord_Howe, 2026-10-03T00:00:00Z, 2026-10-05T00:00:00Z",
        "Europe/Berlin, 2026-03-28T00:00:00Z, 2026-03-30T00:00:00Z",
        "Europe/Berlin, 2026-10-24T00:00:00Z, 2026-10-26T00:00:00Z",
        "Asia/Kathmandu, 2026-10-24T00:00:00Z, 2026-10-26T00:00:00Z"
    })
    void rowsFollowEachOtherWithoutAGapWhenClocksAreSet(String zone, String from, String to) {
        for (Interval interval :
                new Interval[] {Interval.QUARTER, Interval.HOUR, Interval.DAY, Interval.ALL}) {
            Intervals rows = of(zone, interval, from, to);

            for (int i = 0; i < rows.count(); i++) {
                assertThat(rows.startOf(i)).isLessThan(rows.endOf(i));
                assertThat(rows.endOf(i) - rows.startOf(i))
                        .isLessThanOrEqualTo(
                                interval == Interval.HOUR
                                        ? Duration.ofMinutes(60).toMillis()
                                        : Long.MAX_VALUE);
                if (i > 0) {
                    assertThat(rows.startOf(i)).isEqualTo(rows.endOf(i - 1));
                }
            }
            assertThat(rows.to(rows.count() - 1)).isEqualTo(to);
        }
    }

    @Test
    void tooManyRowsAreNotEvenCountedOut() {
        Intervals minutes =
                of("UTC", Interval.MINUTE, "1970-01-01T00:00:00Z", "2026-01-01T00:00:00Z");

        assertThatThrownBy(() -> minutes.check(1)).hasMessageContaining("narrow the time");
    }
}
