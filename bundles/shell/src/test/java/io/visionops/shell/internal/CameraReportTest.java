package io.visionops.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.forecast.Forecast;
import io.visionops.api.forecast.Forecasts;
import io.visionops.api.query.CameraReport;
import io.visionops.api.query.CountQuery;
import io.visionops.api.query.CoverageQuery;
import io.visionops.api.query.HistoryPage;
import io.visionops.api.query.HistoryQuery;
import io.visionops.api.query.JournalReadException;
import io.visionops.api.query.JournalReader;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osgi.framework.ServiceRegistration;

class CameraReportTest extends ShellTest {

    private static final Instant TODAY = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant TOMORROW = Instant.parse("2026-01-02T00:00:00Z");

    private final FakeJournalReader reader = new FakeJournalReader();

    /** Of which cameras a forecast was asked for. */
    private final List<Optional<String>> asked = new ArrayList<>();

    private ServiceRegistration<Forecasts> forecasts;

    @BeforeEach
    void offer() {
        console.offer(JournalReader.class, reader);
        forecasts =
                console.offer(
                        Forecasts.class,
                        camera -> {
                            asked.add(camera);
                            return List.of(
                                    new Forecast("front", true, NOW, "outages grow"),
                                    new Forecast("yard", false, NOW, "no decline"));
                        });
        reader.reports =
                List.of(
                        new CameraReport(
                                "front",
                                TODAY,
                                TOMORROW,
                                Duration.ofHours(12),
                                Duration.ofHours(10),
                                Optional.of(0.99999),
                                2,
                                Optional.of(Duration.ofHours(5)),
                                Optional.of(Duration.ofSeconds(90)),
                                new CameraReport.Stream(
                                        OptionalDouble.of(1_234_567.8),
                                        OptionalDouble.of(45.6),
                                        OptionalDouble.of(812)),
                                List.of(
                                        new CameraReport.Loss(
                                                "not-running", Duration.ofHours(2), 0),
                                        new CameraReport.Loss(
                                                "timeout", Duration.ofMinutes(3), 2))),
                        new CameraReport(
                                "yard",
                                TODAY,
                                TOMORROW,
                                Duration.ZERO,
                                Duration.ZERO,
                                Optional.empty(),
                                0,
                                Optional.empty(),
                                Optional.empty(),
                                new CameraReport.Stream(
                                        OptionalDouble.empty(),
                                        OptionalDouble.empty(),
                                        OptionalDouble.empty()),
                                List.of()));
        reader.history =
                new HistoryPage(
                        List.of(
                                new HistoryPage.StatePeriod(
                                        TODAY.plusSeconds(90),
                                        Duration.ofHours(3),
                                        "STREAMING",
                                        Optional.empty(),
                                        ""),
                                new HistoryPage.StatePeriod(
                                        TODAY,
                                        Duration.ofSeconds(90),
                                        "BACKOFF",
                                        Optional.of("timeout"),
                                        "no frame\u001b for 3 s")),
                        Optional.of("c2"));
    }

    @Test
    void theReportOfTodayAsTableAndForecastsBelow() {
        List<String> lines = console.run("camera-report").lines().toList();

        assertThat(lines)
                .anyMatch(
                        row ->
                                row.matches(
                                        "2026-01-01 .*front .*99.99 % .* 2 .* 5h 0m .* 1m 30s .*"
                                                + " 1234 .* 46 ms .* 812 ms .*not-running 2h 0m,"
                                                + " timeout 3m 0s.*"))
                .anyMatch(row -> row.matches("2026-01-01 .*yard .* - .* 0 .*"))
                .endsWith("front: LIKELY TO FAIL WITHIN 24 H: outages grow", "yard: no decline");
        assertThat(reader.queries).containsExactly(day(Optional.empty(), TODAY, TOMORROW));
        assertThat(asked).containsExactly(Optional.empty());
    }

    @Test
    void withoutThePartThatForecastsTheRestIsReportedAndTheForecastIsSaidToBeUnknown() {
        forecasts.unregister();
        String missing =
                "the forecast service is not available: bundle io.visionops.health is not"
                        + " installed";

        assertThat(console.run("camera-report").lines())
                .anyMatch(row -> row.matches("2026-01-01 .*front .*99.99 % .*"))
                .endsWith("the forecast is not known now: " + missing);
        assertThat(console.run("camera-report --json"))
                .startsWith("{\"days\":[{\"camera\":\"front\",")
                .endsWith("],\"forecasts\":null,\"forecastsMissing\":\"" + missing + "\"}\n");
    }

    @Test
    void aForecastThatLosesItsDatabaseLeavesTheRestOfTheReport() {
        forecasts.unregister();
        console.offer(
                Forecasts.class,
                camera -> {
                    throw new JournalReadException("the database is not available");
                });

        assertThat(console.run("camera-report").lines())
                .anyMatch(row -> row.matches("2026-01-01 .*front .*99.99 % .*"))
                .endsWith("the forecast is not known now: the database is not available");
    }

    @Test
    void withoutCamerasToForecastNothingStandsBelow() {
        forecasts.unregister();
        console.offer(Forecasts.class, camera -> List.of());

        assertThat(console.run("camera-report")).doesNotContain("forecast");
        assertThat(console.run("camera-report --json")).endsWith("],\"forecasts\":[]}\n");
    }

    @Test
    void theReportAsJson() {
        assertThat(console.run("camera-report --json"))
                .isEqualTo(
                        """
                        {"days":[{"camera":"front","from":"2026-01-01T00:00:00.000Z",\
                        "to":"2026-01-02T00:00:00.000Z","availability":0.99999,\
                        "expectedMs":43200000,"knownMs":36000000,"outages":2,\
                        "mtbfMs":18000000,"mttrMs":90000,"bitsPerSecond":1234568,\
                        "lateMs":46,"connectMs":812,"causes":[{"cause":"not-running",\
                        "lostMs":7200000,"outages":0},{"cause":"timeout","lostMs":180000,\
                        "outages":2}]},{"camera":"yard","from":"2026-01-01T00:00:00.000Z",\
                        "to":"2026-01-02T00:00:00.000Z","availability":null,"expectedMs":0,\
                        "knownMs":0,"outages":0,"mtbfMs":null,"mttrMs":null,\
                        "bitsPerSecond":null,"lateMs":null,"connectMs":null,"causes":[]}],\
                        "forecasts":[{"camera":"front","likely":true,\
                        "asOf":"2026-01-01T12:00:00.000Z","reason":"outages grow"},\
                        {"camera":"yard","likely":false,"asOf":"2026-01-01T12:00:00.000Z",\
                        "reason":"no decline"}]}
                        """);
    }

    @Test
    void ofOneCameraTheLastFortnightIsReportedAndOfADayThatDay() {
        console.run("camera-report front");
        console.run("camera-report front --day 2025-12-24");

        Optional<String> front = Optional.of("front");
        Instant eve = Instant.parse("2025-12-24T00:00:00Z");
        assertThat(reader.queries)
                .containsExactly(
                        day(front, Instant.parse("2025-12-19T00:00:00Z"), TOMORROW),
                        day(front, eve, eve.plus(Duration.ofDays(1))));
        assertThat(asked).containsExactly(front, front);
    }

    private static CoverageQuery day(Optional<String> camera, Instant from, Instant to) {
        return new CoverageQuery(
                camera, Optional.of(from), Optional.of(to), CountQuery.Interval.DAY);
    }

    @Test
    void theHistoryAsTableAndAsJson() {
        assertThat(console.run("camera-history front").lines())
                .anyMatch(row -> row.matches("2026-01-01 00:01:30[+]00 .* 3h 0m .*STREAMING .*"))
                .anyMatch(row -> row.matches(".* 1m 30s .*BACKOFF .*timeout .*no frame  for 3 s.*"))
                .endsWith("more with --cursor c2");
        assertThat(console.run("camera-history front --json"))
                .isEqualTo(
                        """
                        {"camera":"front","states":[{"since":"2026-01-01T00:01:30.000Z",\
                        "lastedMs":10800000,"state":"STREAMING","cause":null,"detail":null},\
                        {"since":"2026-01-01T00:00:00.000Z","lastedMs":90000,"state":"BACKOFF",\
                        "cause":"timeout","detail":"no frame\\u001B for 3 s"}],"next":"c2"}
                        """);
    }

    @Test
    void theHistoryPassesTheQueryOn() {
        console.run("camera-history front --from 1d --to 1h --limit 7 --cursor c1");

        assertThat(reader.queries)
                .containsExactly(
                        new HistoryQuery(
                                "front",
                                Optional.of(NOW.minus(Duration.ofDays(1))),
                                Optional.of(NOW.minus(Duration.ofHours(1))),
                                7,
                                Optional.of("c1")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "camera-report --day x#--day x: must be a date, such as 2026-01-31",
                "camera-history front --limit 0#--limit 0: must be a number from 1 to 1000",
                "camera-history#camera-history: NAME is missing; it is camera-history NAME"
                        + " [options]"
            })
    void aMistakeIsOneLineAndAsksNothing(String line, String said) {
        assertThat(console.fail(line)).isEqualTo(said + "\n");
        assertThat(reader.queries).isEmpty();
        assertThat(asked).isEmpty();
    }
}
