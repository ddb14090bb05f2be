package io.visionops.store.internal;

import static io.visionops.store.internal.TestStore.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.visionops.api.journal.Entry;
import io.visionops.api.journal.Fact;
import io.visionops.api.journal.Fact.Sight;
import io.visionops.api.query.CountQuery.Interval;
import io.visionops.api.query.Coverage;
import io.visionops.api.query.CoverageQuery;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CoverageTest extends StoreRig {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);

    @Test
    void everySecondOfAnEnabledCameraIsAccountedFor() {
        store.append(expected(NOON, true));
        store.append(Fact.Account.watched("gate", NOON, Duration.ofMinutes(10)));
        store.append(blind("timeout", NOON.plusSeconds(600), Duration.ofSeconds(90)));
        store.append(slow(NOON.plusSeconds(690), Duration.ofSeconds(60), Duration.ofSeconds(24)));
        store.append(Fact.Account.watched("gate", NOON.plusSeconds(750), Duration.ofMinutes(20)));
        store.append(analysed(NOON, Duration.ofMinutes(10)));
        analysePartly(NOON.plusSeconds(690), 60, 400);
        store.append(analysed(NOON.plusSeconds(750), Duration.ofMinutes(15)));
        store.clock.advance(HOUR);

        Coverage row = one(Interval.ALL, NOON, NOON.plus(HOUR.minusSeconds(20)));

        assertThat(row.expected()).isEqualTo(HOUR.minusSeconds(20));
        assertThat(row.watched()).isEqualTo(Duration.ofMinutes(25));
        assertThat(row.degraded()).containsExactly(Map.entry("slow", MINUTE));
        assertThat(row.share()).isEqualTo(0.4);
        assertThat(row.blind())
                .containsOnly(
                        Map.entry("timeout", Duration.ofSeconds(90)),
                        Map.entry(Coverage.NOT_ANALYSED, Duration.ofMinutes(5)),
                        Map.entry(
                                Coverage.NOT_RUNNING,
                                HOUR.minusSeconds(20 + 1500 + 60 + 90 + 300)));
        assertBalanced(row);
    }

    private void analysePartly(Instant from, int seconds, long millisEach) {
        for (int i = 0; i < seconds; i++) {
            store.append(analysed(from.plusSeconds(i), Duration.ofMillis(millisEach)));
        }
    }

    @Test
    void aDisabledCameraIsNotExpected() {
        store.append(expected(NOON, true));
        store.append(watchedAndAnalysed(NOON, MINUTE));
        store.append(expected(NOON.plus(MINUTE), false));
        store.append(expected(NOON.plus(MINUTE.multipliedBy(5)), true));
        store.clock.advance(Duration.ofMinutes(10));

        List<Coverage> rows = read(Interval.MINUTE, NOON, NOON.plus(Duration.ofMinutes(7)));

        assertThat(rows)
                .extracting(row -> row.expected().toSeconds())
                .containsExactly(60L, 0L, 0L, 0L, 0L, 60L, 60L);
        assertThat(rows.get(0).watched()).isEqualTo(MINUTE);
        assertThat(rows.get(6).blind()).containsExactly(Map.entry("not-running", MINUTE));
    }

    @Test
    void saidAgainAtEachStartAnExpectationIsOneAndTheTimeBetweenIsTheDowntime() {
        store.append(expected(NOON, true));
        store.append(watchedAndAnalysed(NOON, MINUTE));
        store.append(expected(NOON.plusSeconds(150), true));
        store.append(watchedAndAnalysed(NOON.plusSeconds(150), MINUTE));
        store.clock.advance(HOUR);

        Coverage row = one(Interval.ALL, NOON, NOON.plusSeconds(210));

        assertThat(row.watched()).isEqualTo(MINUTE.multipliedBy(2));
        assertThat(row.blind()).containsExactly(Map.entry("not-running", Duration.ofSeconds(90)));
    }

    @Test
    void whatIsTooYoungToBeToldCompletelyIsLeftOut() {
        store.append(expected(NOON, true));
        store.append(watchedAndAnalysed(NOON, Duration.ofSeconds(50)));
        store.clock.advance(MINUTE);

        Coverage row = one(Interval.HOUR, NOON, NOON.plus(HOUR));

        assertThat(row.expected()).isEqualTo(Duration.ofSeconds(40));
        assertThat(row.watched()).isEqualTo(Duration.ofSeconds(40));
        assertBalanced(row);
    }

    @Test
    void whatIsLearntAfterwardsReplacesWhatWasTold() {
        store.append(expected(NOON, true));
        store.append(watchedAndAnalysed(NOON, HOUR));
        store.append(blind("frozen", NOON.plusSeconds(1234), Duration.ofSeconds(17)));
        store.clock.advance(HOUR.multipliedBy(2));

        Coverage row = one(Interval.ALL, NOON, NOON.plus(HOUR));

        assertThat(row.watched()).isEqualTo(HOUR.minusSeconds(17));
        assertThat(row.blind()).containsExactly(Map.entry("frozen", Duration.ofSeconds(17)));
    }

    @Test
    void aClockThatIsSetBackBooksNoTimeTwice() {
        store.append(expected(NOON, true));
        store.append(watchedAndAnalysed(NOON, HOUR));
        store.append(expected(NOON.minusSeconds(60), true));
        store.append(blind("clock", NOON.minusSeconds(60), MINUTE));
        store.append(watchedAndAnalysed(NOON, HOUR));
        store.clock.advance(HOUR.multipliedBy(2));

        Coverage row = one(Interval.ALL, NOON.minusSeconds(60), NOON.plus(HOUR));

        assertThat(row.expected()).isEqualTo(HOUR.plus(MINUTE));
        assertThat(row.watched()).isEqualTo(HOUR);
        assertBalanced(row);
    }

    @Test
    void aCountIsWatchedOnlyWhileThePictureWasAlive() {
        store.append(
                new Fact.Counters("gate", NOON, List.of("door"), List.of(), List.of("person")));
        store.append(watchedAndAnalysed(NOON, HOUR));
        store.append(blind("frozen", NOON, Duration.ofMinutes(15)));
        store.clock.advance(HOUR);

        assertThat(store.reader().lineCounts(TestStore.counts(Interval.QUARTER)))
                .filteredOn(row -> row.direction().word().equals("in"))
                .extracting(row -> row.count().isPresent() + " " + row.coverage())
                .containsExactly("false 0.0", "true 1.0", "true 1.0", "true 1.0");
    }

    @Test
    void aFileReadFasterThanItPlaysIsExpectedWhereItIs() {
        store.append(watchedAndAnalysed(NOON, HOUR));

        Coverage row = one(Interval.ALL, NOON, NOON.plus(HOUR.multipliedBy(2)));

        assertThat(row.expected()).isEqualTo(HOUR);
        assertThat(row.watched()).isEqualTo(HOUR);
    }

    @Test
    void camerasAreThoseThatWereExpectedOrSeen() {
        store.append(new Fact.Expected("a", NOON, true));
        store.append(Fact.Account.watched("b", NOON, MINUTE));
        store.append(new Fact.Expected("c", NOON, true));
        store.clock.advance(HOUR);

        assertThat(read(Interval.ALL, NOON, NOON.plus(MINUTE)))
                .extracting(Coverage::camera)
                .containsExactly("a", "b", "c");
        assertThat(
                        store.reader()
                                .coverage(
                                        new CoverageQuery(
                                                Optional.of("b"),
                                                Optional.empty(),
                                                Optional.empty(),
                                                Interval.ALL)))
                .extracting(Coverage::camera)
                .containsExactly("b");
    }

    @Test
    void aStreamThatStuttersFillsNoDisk() throws SQLException {
        CompletableFuture<Void> last = CompletableFuture.completedFuture(null);
        for (int i = 0; i < 3600; i++) {
            Instant at = NOON.plusSeconds(i);
            last =
                    store.journal()
                            .append(
                                    Entry.of(
                                            UUID.randomUUID(),
                                            analysed(at, Duration.ofMillis(500)),
                                            Fact.Account.watched(
                                                    "gate", at, Duration.ofSeconds(1))));
        }
        TestStore.await(last);
        store.clock.advance(HOUR.plus(MINUTE));

        assertThat(rows("accounts")).isLessThan(60 * 14);
        Coverage row = one(Interval.ALL, NOON, NOON.plus(HOUR));
        assertThat(row.watched()).isEqualTo(HOUR.dividedBy(2));
        assertBalanced(row);
    }

    @Test
    void aStretchOfMoreThanADayIsAFaultOfItsWriter() {
        assertThatThrownBy(() -> store.append(blind("timeout", NOON, Duration.ofHours(25))))
                .hasMessageContaining("from 0 to one day is allowed");
    }

    /** Against a plain array with one field a second, at all lengths of interval. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void whateverIsToldInWhateverOrderReconcilesToTheSecond(long seed) throws SQLException {
        Random random = new Random(seed);
        int seconds = 2 * 86_400;
        Instant start = Instant.parse("2026-05-31T06:00:00Z");
        String[] feed = new String[seconds];
        boolean[] looked = new boolean[seconds];
        store.append(expected(start, true));
        for (int i = 0; i < 400; i++) {
            int length = 1 + random.nextInt(random.nextBoolean() ? 15 : 9_000);
            int from = random.nextInt(seconds - length);
            Instant at = start.plusSeconds(from);
            Duration span = Duration.ofSeconds(length);
            if (random.nextInt(3) == 0) {
                Arrays.fill(looked, from, from + length, true);
                store.append(analysed(at, span));
            } else {
                String cause = List.of("", "timeout", "frozen", "refused").get(random.nextInt(4));
                Arrays.fill(feed, from, from + length, cause);
                store.append(
                        cause.isEmpty()
                                ? Fact.Account.watched("gate", at, span)
                                : blind(cause, at, span));
            }
        }
        store.clock.advance(Duration.ofDays(30));

        for (Interval interval : List.of(Interval.QUARTER, Interval.HOUR, Interval.DAY)) {
            List<Coverage> rows = read(interval, start, start.plusSeconds(seconds));
            for (Coverage row : rows) {
                assertBalanced(row);
            }
            assertThat(sum(rows)).isEqualTo(model(feed, looked));
        }
        assertThat(sum(read(Interval.ALL, start, start.plusSeconds(seconds))))
                .isEqualTo(model(feed, looked));
        assertThat(overlaps()).isZero();
    }

    private static Map<String, Long> model(String[] feed, boolean[] looked) {
        Map<String, Long> sums = new TreeMap<>();
        for (int i = 0; i < feed.length; i++) {
            String became;
            if (feed[i] == null) {
                became = looked[i] ? "watched" : "not-running";
            } else if (feed[i].isEmpty()) {
                became = looked[i] ? "watched" : "not-analysed";
            } else {
                became = feed[i];
            }
            sums.merge(became, 1L, Long::sum);
        }
        return sums;
    }

    private static Map<String, Long> sum(List<Coverage> rows) {
        Map<String, Long> sums = new TreeMap<>();
        for (Coverage row : rows) {
            sums.merge("watched", row.watched().toSeconds(), Long::sum);
            row.blind().forEach((cause, time) -> sums.merge(cause, time.toSeconds(), Long::sum));
        }
        return sums;
    }

    private long overlaps() throws SQLException {
        return number(
                "SELECT count(*) FROM accounts a JOIN accounts b ON a.camera = b.camera AND"
                        + " a.side = b.side AND a.since < b.since AND b.since < a.until");
    }

    private long rows(String table) throws SQLException {
        return number("SELECT count(*) FROM " + table);
    }

    private long number(String sql) throws SQLException {
        try (Connection connection = store.open();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    private static void assertBalanced(Coverage row) {
        assertThat(row.watched().plus(row.degradedTime()).plus(row.blindTime()))
                .isEqualTo(row.expected());
    }

    private Coverage one(Interval interval, Instant from, Instant to) {
        List<Coverage> rows = read(interval, from, to);
        assertThat(rows).hasSize(1);
        return rows.get(0);
    }

    private List<Coverage> read(Interval interval, Instant from, Instant to) {
        return store.reader()
                .coverage(
                        new CoverageQuery(
                                Optional.empty(), Optional.of(from), Optional.of(to), interval));
    }

    private static Fact expected(Instant time, boolean expected) {
        return new Fact.Expected("gate", time, expected);
    }

    private static Fact blind(String cause, Instant from, Duration length) {
        return Fact.Account.blind("gate", cause, from, length);
    }

    private static Fact slow(Instant from, Duration length, Duration seen) {
        return new Fact.Account("gate", Sight.DEGRADED, "slow", from, length, seen);
    }

    private static Fact analysed(Instant from, Duration length) {
        return new Fact.Watched("gate", from, length);
    }

    private static Fact[] watchedAndAnalysed(Instant from, Duration length) {
        return new Fact[] {Fact.Account.watched("gate", from, length), analysed(from, length)};
    }
}
