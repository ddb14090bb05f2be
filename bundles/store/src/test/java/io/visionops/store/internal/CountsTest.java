package io.visionops.store.internal;

import static io.visionops.store.internal.TestStore.NOON;
import static io.visionops.store.internal.TestStore.counts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.visionops.api.journal.Event.Direction;
import io.visionops.api.journal.Fact;
import io.visionops.api.query.CountQuery;
import io.visionops.api.query.CountQuery.Interval;
import io.visionops.api.query.LineCount;
import io.visionops.api.query.ZoneCount;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class CountsTest extends StoreRig {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);

    static CountQuery everything() {
        return counts(Interval.ALL);
    }

    @Test
    void crossingsAreCountedByDirectionAndInterval() {
        store.append(counters(NOON), watched(NOON, HOUR));
        store.append(in(NOON), in(NOON.plusSeconds(59)), out(NOON.plusSeconds(60)));
        store.append(in(NOON.plus(Duration.ofMinutes(59))));
        store.clock.advance(HOUR);

        List<LineCount> rows = store.reader().lineCounts(counts(Interval.QUARTER));

        assertThat(rows).hasSize(8);
        assertThat(rows.get(0))
                .isEqualTo(row(Direction.IN, 2, NOON, NOON.plus(MINUTE.multipliedBy(15)), 1));
        assertThat(rows.get(1).direction()).isEqualTo(Direction.OUT);
        assertThat(rows.get(1).count()).hasValue(1);
        assertThat(rows.get(2).count()).hasValue(0);
        assertThat(rows.get(6).count()).hasValue(1);
        assertThat(rows.get(6).to()).isEqualTo(NOON.plus(HOUR));
    }

    @Test
    void theWholeTimeIsOneRowFromTheFirstRecordToNow() {
        Instant start = NOON.plusSeconds(30);
        store.append(counters(start), watched(start, Duration.ofSeconds(90)));
        store.append(in(NOON.plusSeconds(40)));
        store.clock.advance(Duration.ofMinutes(2));

        List<LineCount> rows = store.reader().lineCounts(everything());

        assertThat(rows)
                .containsExactly(
                        row(Direction.IN, 1, start, NOON.plusSeconds(120), 1),
                        row(Direction.OUT, 0, start, NOON.plusSeconds(120), 1));
    }

    @Test
    void aTimeThatNobodyWatchedIsUnknownAndNotZero() {
        store.append(counters(NOON));
        store.append(watched(NOON, MINUTE), watched(NOON.plusSeconds(120), Duration.ofSeconds(15)));
        store.clock.advance(Duration.ofMinutes(3));

        List<LineCount> rows = in(store.reader().lineCounts(counts(Interval.MINUTE)));

        assertThat(rows).extracting(LineCount::coverage).containsExactly(1.0, 0.0, 0.25);
        assertThat(rows.get(0).count()).hasValue(0);
        assertThat(rows.get(1).count()).isEmpty();
        assertThat(rows.get(2).count()).hasValue(0);
    }

    @Test
    void whatWasCountedIsToldAlsoWhereNoWatchingWasNoted() {
        store.append(in(NOON));
        store.clock.advance(Duration.ofMinutes(1));

        List<LineCount> rows = store.reader().lineCounts(everything());

        assertThat(rows.get(0).count()).hasValue(1);
        assertThat(rows.get(0).coverage()).isZero();
        assertThat(rows.get(1).count()).isEmpty();
    }

    @Test
    void theRunningIntervalIsCoveredUpToNow() {
        store.append(counters(NOON), watched(NOON, Duration.ofMinutes(6)));
        store.clock.advance(Duration.ofMinutes(6));

        LineCount row = store.reader().lineCounts(counts(Interval.HOUR)).get(0);

        assertThat(row.from()).isEqualTo(NOON);
        assertThat(row.to()).isEqualTo(NOON.plus(HOUR));
        assertThat(row.coverage()).isEqualTo(1);
    }

    @Test
    void theRunningMinuteIsCoveredUpToNow() {
        store.append(counters(NOON), watched(NOON, Duration.ofSeconds(75)));
        store.clock.advance(Duration.ofSeconds(75));

        LineCount all = store.reader().lineCounts(everything()).get(0);
        List<LineCount> minutes = in(store.reader().lineCounts(counts(Interval.MINUTE)));

        assertThat(all.to()).isEqualTo(NOON.plusSeconds(75));
        assertThat(all.coverage()).isEqualTo(1);
        assertThat(minutes).extracting(LineCount::coverage).containsExactly(1.0, 1.0);
    }

    @Test
    void aCameraThatIsNewWasNotMissedBeforeItWasThere() {
        store.append(counters(NOON), watched(NOON, MINUTE));
        store.clock.advance(MINUTE.multipliedBy(2));

        Instant midnight = Instant.parse("2026-06-01T00:00:00Z");

        assertThat(store.reader().lineCounts(counts(Interval.ALL, midnight, NOON.plus(HOUR))))
                .extracting(LineCount::coverage)
                .containsOnly(0.5);
        assertThat(store.reader().lineCounts(counts(Interval.DAY)))
                .extracting(LineCount::coverage)
                .containsOnly(0.5);
    }

    @Test
    void timeBeforeALineWasDrawnIsUnknownForThatLine() {
        store.append(counters(NOON), watched(NOON, HOUR));
        store.append(
                new Fact.Counters(
                        "gate",
                        NOON.plus(Duration.ofMinutes(30)),
                        List.of("door", "exit"),
                        List.of(),
                        List.of("person")));
        store.clock.advance(HOUR);

        List<LineCount> rows =
                in(store.reader().lineCounts(counts(Interval.ALL, NOON, NOON.plus(HOUR))));
        List<LineCount> before =
                in(
                        store.reader()
                                .lineCounts(
                                        counts(
                                                Interval.ALL,
                                                NOON,
                                                NOON.plus(Duration.ofMinutes(30)))));

        assertThat(rows).extracting(LineCount::line).containsExactly("door", "exit");
        assertThat(rows).extracting(LineCount::coverage).containsExactly(1.0, 0.5);
        assertThat(before.get(1).count()).isEmpty();
    }

    @Test
    void timeAfterALineWasRemovedIsUnknownForThatLineAndItsReturnIsANewPeriod() {
        store.append(counters(NOON), watched(NOON, HOUR));
        store.append(
                new Fact.Counters(
                        "gate",
                        NOON.plus(Duration.ofMinutes(15)),
                        List.of(),
                        List.of(),
                        List.of("person")));
        store.append(counters(NOON.plus(Duration.ofMinutes(45))));
        store.clock.advance(HOUR);

        List<LineCount> rows = in(store.reader().lineCounts(counts(Interval.QUARTER)));

        assertThat(rows).extracting(LineCount::coverage).containsExactly(1.0, 0.0, 0.0, 1.0);
    }

    @Test
    void aRestartDoesNotCutThePeriodOfALine() {
        store.append(counters(NOON), watched(NOON, HOUR));
        store.append(counters(NOON.plus(Duration.ofMinutes(30))));
        store.clock.advance(HOUR);

        assertThat(store.reader().lineCounts(everything()).get(0).coverage()).isEqualTo(1);
    }

    @Test
    void aMinuteIsWatchedForAMinuteAtMostWhenTheClockIsSetBack() {
        store.append(counters(NOON));
        store.append(watched(NOON, HOUR), in(NOON.plusSeconds(5)));
        store.append(counters(NOON), watched(NOON, HOUR), in(NOON.plusSeconds(5)));
        store.clock.advance(HOUR);

        LineCount row = store.reader().lineCounts(everything()).get(0);

        assertThat(row.coverage()).isEqualTo(1);
        assertThat(row.count()).hasValue(2);
    }

    @Test
    void recordsBehindAClockThatWasSetBackAreStillCounted() {
        Instant ahead = NOON.plus(Duration.ofDays(1));
        store.append(counters(NOON), watched(ahead, MINUTE), in(ahead));

        List<LineCount> rows = in(store.reader().lineCounts(counts(Interval.DAY)));

        assertThat(rows).hasSize(2);
        assertThat(rows.get(1).count()).hasValue(1);
    }

    @Test
    void stretchesThatFollowEachOtherLoseNothingToRounding() {
        store.append(counters(NOON));
        Duration frame = Duration.ofNanos(66_666_667);
        Instant at = NOON;
        while (at.isBefore(NOON.plusSeconds(60))) {
            store.append(watched(at, frame));
            at = at.plus(frame);
        }
        store.clock.advance(MINUTE);

        assertThat(store.reader().lineCounts(everything()).get(0).coverage()).isEqualTo(1);
    }

    @Test
    void aReplyThatWouldBeTooLongIsRefusedWithWhatToDo() {
        store.append(counters(NOON));

        assertThatThrownBy(
                        () ->
                                store.reader()
                                        .lineCounts(
                                                counts(
                                                        Interval.MINUTE,
                                                        NOON.minus(Duration.ofDays(30)),
                                                        NOON)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("10000 are allowed: narrow the time")
                .hasMessageNotContaining("\n");
        assertThatThrownBy(
                        () ->
                                store.reader()
                                        .lineCounts(
                                                counts(Interval.MINUTE, Instant.MIN, Instant.MAX)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aTimeTheWrongWayRoundIsRefused() {
        assertThatThrownBy(
                        () ->
                                store.reader()
                                        .lineCounts(
                                                counts(Interval.ALL, NOON, NOON.minusMillis(1))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is after to");
    }

    @Test
    void anEmptyDatabaseHasNoCounts() {
        assertThat(store.reader().lineCounts(everything())).isEmpty();
        assertThat(store.reader().zoneCounts(counts(Interval.HOUR))).isEmpty();
    }

    @Test
    void occupancyIsWeightedByTheWatchedTimeAndCutAtMinutes() {
        store.append(counters(NOON), watched(NOON, Duration.ofMinutes(4)));
        store.append(
                stay(NOON, Duration.ofSeconds(30), 2),
                stay(NOON.plusSeconds(30), Duration.ofSeconds(60), 0),
                stay(NOON.plusSeconds(90), Duration.ofSeconds(30), 6));
        store.clock.advance(Duration.ofMinutes(4));

        List<ZoneCount> minutes = store.reader().zoneCounts(counts(Interval.MINUTE));
        ZoneCount all = store.reader().zoneCounts(everything()).get(0);

        assertThat(minutes).hasSize(4);
        assertThat(minutes.get(0).mean()).hasValue(1);
        assertThat(minutes.get(0).max()).hasValue(2);
        assertThat(minutes.get(1).mean()).hasValue(3);
        assertThat(minutes.get(1).max()).hasValue(6);
        assertThat(minutes.get(2).mean()).hasValue(0);
        assertThat(all.mean()).hasValue(1);
        assertThat(all.max()).hasValue(6);
        assertThat(all.coverage()).isEqualTo(1);
    }

    @Test
    void sumsOfDaysAndOfMinutesAgree() {
        Instant start = NOON.minus(Duration.ofHours(30)).plusSeconds(17);
        store.append(counters(start));
        Instant at = start;
        long expected = 0;
        for (int i = 0; i < 200; i++) {
            store.append(
                    in(at),
                    watched(at, Duration.ofMinutes(7 + i % 20)),
                    stay(at, Duration.ofMinutes(7 + i % 20), i % 5));
            expected++;
            at = at.plus(Duration.ofMinutes(20));
        }
        store.append(watched(start.plusSeconds(5), HOUR));
        store.clock.advance(Duration.ofDays(2));

        for (Duration shift : List.of(Duration.ZERO, Duration.ofHours(5), Duration.ofHours(13))) {
            Instant from = Instant.parse("2026-05-31T00:00:00Z").plus(shift);
            Instant to = Instant.parse("2026-06-03T00:00:00Z").plus(shift);
            List<LineCount> hours = in(store.reader().lineCounts(counts(Interval.HOUR, from, to)));
            LineCount whole = store.reader().lineCounts(counts(Interval.ALL, from, to)).get(0);
            List<ZoneCount> zones = store.reader().zoneCounts(counts(Interval.HOUR, from, to));
            ZoneCount zone = store.reader().zoneCounts(counts(Interval.ALL, from, to)).get(0);

            assertThat(whole.count())
                    .hasValue(hours.stream().mapToLong(row -> row.count().orElse(0)).sum());
            assertThat(whole.coverage())
                    .as("mean of the hours that the camera was there")
                    .isCloseTo(
                            hours.stream()
                                            .mapToDouble(
                                                    row -> row.coverage() * possible(row, start))
                                            .sum()
                                    / possible(whole, start),
                            within(0.001));
            assertThat(zone.max())
                    .hasValue(zones.stream().mapToInt(row -> row.max().orElse(0)).max().orElse(0));
        }
        assertThat(store.reader().lineCounts(everything()).get(0).count()).hasValue(expected);
    }

    /** Milliseconds from when the camera was there to now. */
    private long possible(LineCount row, Instant start) {
        Instant from = row.from().isBefore(start) ? start : row.from();
        Instant now = store.clock.instant();
        Instant to = row.to().isAfter(now) ? now : row.to();
        return Math.max(0, Duration.between(from, to).toMillis());
    }

    @Test
    void aZoneThatNobodyWatchedIsUnknown() {
        store.append(counters(NOON));
        store.clock.advance(MINUTE);

        ZoneCount row = store.reader().zoneCounts(everything()).get(0);

        assertThat(row.mean()).isEmpty();
        assertThat(row.max()).isEmpty();
        assertThat(row.coverage()).isZero();
    }

    @Test
    void filtersNarrowTheSeries() {
        store.append(
                new Fact.Counters(
                        "gate",
                        NOON,
                        List.of("door", "exit"),
                        List.of("hall"),
                        List.of("person", "car")));
        store.append(
                new Fact.Counters("yard", NOON, List.of("door"), List.of(), List.of("person")));
        store.clock.advance(MINUTE);

        CountQuery query =
                new CountQuery(
                        Optional.of("gate"),
                        Optional.of("door"),
                        Optional.of("person"),
                        Optional.empty(),
                        Optional.empty(),
                        Interval.ALL);

        assertThat(store.reader().lineCounts(everything())).hasSize(10);
        assertThat(store.reader().lineCounts(query)).hasSize(2);
        assertThat(store.reader().zoneCounts(everything())).hasSize(2);
    }

    private static List<LineCount> in(List<LineCount> rows) {
        return rows.stream().filter(row -> row.direction() == Direction.IN).toList();
    }

    private static Fact counters(Instant time) {
        return new Fact.Counters("gate", time, List.of("door"), List.of("hall"), List.of("person"));
    }

    private static Fact watched(Instant from, Duration length) {
        return new Fact.Watched("gate", from, length);
    }

    private static Fact in(Instant time) {
        return new Fact.Crossing("gate", time, "door", "person", Direction.IN);
    }

    private static Fact out(Instant time) {
        return new Fact.Crossing("gate", time, "door", "person", Direction.OUT);
    }

    private static Fact stay(Instant from, Duration length, int objects) {
        return new Fact.Occupancy("gate", from, length, "hall", "person", objects);
    }

    private static LineCount row(
            Direction direction, long count, Instant from, Instant to, double coverage) {
        return new LineCount(
                "gate", "door", "person", direction, OptionalLong.of(count), from, to, coverage);
    }
}
