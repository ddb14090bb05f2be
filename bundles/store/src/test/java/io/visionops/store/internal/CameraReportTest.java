package io.visionops.store.internal;

import static io.visionops.store.internal.TestStore.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.visionops.api.camera.CameraState;
import io.visionops.api.camera.Cause;
import io.visionops.api.journal.Fact;
import io.visionops.api.journal.Fact.Metric;
import io.visionops.api.query.CameraReport;
import io.visionops.api.query.CountQuery.Interval;
import io.visionops.api.query.CoverageQuery;
import io.visionops.api.query.HistoryPage;
import io.visionops.api.query.HistoryQuery;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CameraReportTest extends StoreRig {

    private static final Instant DAY = Instant.parse("2026-06-01T00:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);

    @Test
    void aDayOfACameraIsAvailabilityOutagesAndTheirCauses() {
        store.append(new Fact.Expected("gate", DAY, true));
        blind("connecting", 0, 5);
        watched(5, 3_600);
        blind("timeout", 3_600, 3_660);
        blind("refused", 3_660, 3_700);
        watched(3_700, 7_200);
        blind("clock", 7_200, 7_210);
        blind("frozen", 7_210, 7_310);
        watched(7_310, 36_000);
        store.clock.advance(Duration.ofDays(1));

        CameraReport report = report(DAY, DAY.plus(Duration.ofHours(12)), Interval.DAY).get(0);

        assertThat(report.expected()).isEqualTo(HOUR.multipliedBy(12));
        assertThat(report.known()).isEqualTo(HOUR.multipliedBy(10).minusSeconds(10));
        assertThat(report.available()).hasValue((36_000.0 - 10 - 205) / (36_000 - 10));
        assertThat(report.outages()).isEqualTo(2);
        assertThat(report.toRepair()).contains(Duration.ofSeconds(100));
        assertThat(report.betweenFailures())
                .contains(Duration.ofSeconds(36_000 - 215).dividedBy(2));
        assertThat(report.causes())
                .containsExactly(
                        new CameraReport.Loss("not-running", HOUR.multipliedBy(2), 0),
                        new CameraReport.Loss("frozen", Duration.ofSeconds(100), 1),
                        new CameraReport.Loss("timeout", Duration.ofSeconds(60), 1),
                        new CameraReport.Loss("refused", Duration.ofSeconds(40), 0),
                        new CameraReport.Loss("clock", Duration.ofSeconds(10), 0),
                        new CameraReport.Loss("connecting", Duration.ofSeconds(5), 0));
    }

    @Test
    void anOutageBelongsToTheDayOnWhichItBeganAndGoesOnWhileVisionOpsDoesNotRun() {
        store.append(new Fact.Expected("gate", DAY, true));
        watched(0, 80_000);
        blind("timeout", 80_000, 90_000);
        blind("connecting", 95_000, 95_002);
        blind("timeout", 95_002, 100_000);
        watched(100_000, 172_800);
        store.clock.advance(Duration.ofDays(2));

        List<CameraReport> reports = report(DAY, DAY.plus(Duration.ofDays(2)), Interval.DAY);

        assertThat(reports).extracting(CameraReport::outages).containsExactly(1, 0);
        assertThat(reports.get(0).toRepair()).contains(Duration.ofSeconds(20_000));
        assertThat(reports.get(1).betweenFailures()).isEmpty();
        assertThat(reports.get(1).available().orElseThrow()).isBetween(0.894, 0.895);
    }

    @Test
    void aPauseThatWasAskedForIsNoOutageAndSaysNothingOfTheCamera() {
        store.append(new Fact.Expected("gate", DAY, true));
        watched(0, 3_600);
        blind("paused", 3_600, 10_800);
        blind("connecting", 10_800, 10_802);
        watched(10_802, 14_400);
        store.clock.advance(Duration.ofDays(1));

        CameraReport report = report(DAY, DAY.plus(HOUR.multipliedBy(4)), Interval.DAY).get(0);

        assertThat(report.outages()).isZero();
        assertThat(report.expected()).isEqualTo(HOUR.multipliedBy(4));
        assertThat(report.known()).isEqualTo(HOUR.multipliedBy(2));
        assertThat(report.available()).hasValue((7_200.0 - 2) / 7_200);
        assertThat(report.causes())
                .contains(new CameraReport.Loss("paused", HOUR.multipliedBy(2), 0));
    }

    @Test
    void anOutageThatGoesOnAfterAStopOverMidnightIsNoneOfTheNextDay() {
        store.append(new Fact.Expected("gate", DAY, true));
        watched(0, 80_000);
        blind("timeout", 80_000, 82_000);
        blind("refused", 90_000, 95_000);
        watched(95_000, 172_800);
        store.clock.advance(Duration.ofDays(2));
        Instant second = DAY.plus(Duration.ofDays(1));

        List<CameraReport> alone = report(second, second.plus(Duration.ofDays(1)), Interval.DAY);

        assertThat(alone).extracting(CameraReport::outages).containsExactly(0);
        assertThat(report(DAY, second, Interval.DAY).get(0).toRepair())
                .contains(Duration.ofSeconds(15_000));
    }

    @Test
    void anOutageOfManyDaysIsAsLongAsItWasWhicheverDayIsAskedFor() {
        store.append(new Fact.Expected("gate", DAY, true));
        watched(0, 80_000);
        for (int hour = 0; hour < 120; hour++) {
            String cause = hour % 2 == 0 ? "timeout" : "refused";
            blind(cause, 80_000 + 3600 * hour, 83_600 + 3600 * hour);
        }
        watched(512_000, 520_000);
        store.clock.advance(Duration.ofDays(7));

        assertThat(report(DAY, DAY.plus(Duration.ofDays(1)), Interval.DAY).get(0).toRepair())
                .contains(Duration.ofHours(120));
    }

    @Test
    void aCameraOfWhichNothingIsKnownHasNoAvailability() {
        store.append(new Fact.Expected("gate", NOON, true));
        store.clock.advance(HOUR);

        CameraReport report = report(NOON, NOON.plus(HOUR), Interval.ALL).get(0);

        assertThat(report.available()).isEmpty();
        assertThat(report.known()).isZero();
        assertThat(report.causes()).hasSize(1);
    }

    @Test
    void theHistoryIsNewestFirstWithHowLongEachStateLasted() {
        state(0, CameraState.CONNECTING, Optional.empty(), "");
        state(2, CameraState.STREAMING, Optional.empty(), "");
        state(62, CameraState.BACKOFF, Optional.of(Cause.END_OF_STREAM), "it closed");
        store.append(new Fact.StateChange("yard", NOON, CameraState.IDLE, Optional.empty(), ""));
        store.clock.advance(Duration.ofSeconds(100));

        HistoryPage first = history(2, Optional.empty());
        HistoryPage second = history(2, first.next());

        assertThat(first.stays())
                .containsExactly(
                        new HistoryPage.StatePeriod(
                                NOON.plusSeconds(62),
                                Duration.ofSeconds(38),
                                "BACKOFF",
                                Optional.of("end-of-stream"),
                                "it closed"),
                        new HistoryPage.StatePeriod(
                                NOON.plusSeconds(2),
                                Duration.ofSeconds(60),
                                "STREAMING",
                                Optional.empty(),
                                ""));
        assertThat(second.stays())
                .containsExactly(
                        new HistoryPage.StatePeriod(
                                NOON, Duration.ofSeconds(2), "CONNECTING", Optional.empty(), ""));
        assertThat(second.next()).isEmpty();
    }

    @Test
    void aPageOfNoRowsIsRefused() {
        assertThatThrownBy(() -> history(0, Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("limit 0: from 1 to 1000 is allowed");
    }

    @Test
    void figuresOfAnHourAreAMeanByWeightAndADayIsOneOfItsHours() {
        Instant next = DAY.plus(Duration.ofDays(1));
        store.append(
                new Fact.Expected("gate", DAY, true),
                bits(DAY, 1_000_000, 100_000),
                bits(DAY.plusSeconds(3599), 4_000_000, 200_000),
                bits(DAY.plusSeconds(3600), 9_000_000, 100_000),
                bits(next, 5, 1),
                new Fact.Measured("gate", Metric.LATE_MS, DAY.plusSeconds(7), 40, 10),
                new Fact.Measured("yard", Metric.CONNECT_MS, DAY, 700, 1));
        store.clock.advance(Duration.ofDays(2));

        CameraReport.Stream stream = report(DAY, next, Interval.DAY).get(0).stream();

        assertThat(stream.bitsPerSecond()).hasValue(4_500_000);
        assertThat(stream.lateMillis()).hasValue(40);
        assertThat(stream.connectMillis()).isEmpty();
        assertThat(store.reader().statistics().rows()).containsEntry("metrics_history", 5L);
    }

    @Test
    void aFigureThatIsNoneIsRefused() {
        assertThatThrownBy(() -> store.append(bits(DAY, Double.NaN, 1)))
                .hasRootCauseMessage("BITS_PER_SECOND NaN of weight 1");
        assertThatThrownBy(() -> store.append(bits(DAY, 1, 0)))
                .hasRootCauseMessage("BITS_PER_SECOND 1.0 of weight 0");
    }

    private static Fact bits(Instant at, double value, long weight) {
        return new Fact.Measured("gate", Metric.BITS_PER_SECOND, at, value, weight);
    }

    private void watched(long from, long to) {
        store.append(
                Fact.Account.watched("gate", DAY.plusSeconds(from), Duration.ofSeconds(to - from)),
                new Fact.Watched("gate", DAY.plusSeconds(from), Duration.ofSeconds(to - from)));
    }

    private void blind(String cause, long from, long to) {
        store.append(
                Fact.Account.blind(
                        "gate", cause, DAY.plusSeconds(from), Duration.ofSeconds(to - from)));
    }

    private void state(long second, CameraState state, Optional<Cause> cause, String detail) {
        store.append(new Fact.StateChange("gate", NOON.plusSeconds(second), state, cause, detail));
    }

    private HistoryPage history(int limit, Optional<String> cursor) {
        return store.reader()
                .history(
                        new HistoryQuery(
                                "gate", Optional.empty(), Optional.empty(), limit, cursor));
    }

    private List<CameraReport> report(Instant from, Instant to, Interval interval) {
        return store.reader()
                .reports(
                        new CoverageQuery(
                                Optional.of("gate"), Optional.of(from), Optional.of(to), interval));
    }
}
