package io.visionops.shell.internal.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.visionops.api.forecast.Forecast;
import io.visionops.api.query.CameraReport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * How cameras did by day, and what is to be expected of them.
 *
 * @param forecasts null while they are not known
 * @param forecastsMissing why they are not known; left out when they are
 */
public record ReportDocument(
        List<DayRow> days,
        @Nullable List<ForecastRow> forecasts,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String forecastsMissing) {

    /**
     * A camera on a day.
     *
     * @param availability share of the known time in which it showed a picture of use; null where
     *     nothing is known
     * @param mtbfMs available time by outage; null without one
     * @param mttrMs mean length of the outages; null without one
     * @param bitsPerSecond of the stream while it came; null where it was not measured
     * @param lateMs by which one frame in twenty came late, likewise
     * @param connectMs from a try to the first frame after an outage, likewise
     * @param causes of lost time, the longest first
     */
    public record DayRow(
            String camera,
            Instant from,
            Instant to,
            @Nullable Double availability,
            long expectedMs,
            long knownMs,
            int outages,
            @Nullable Long mtbfMs,
            @Nullable Long mttrMs,
            @Nullable Long bitsPerSecond,
            @Nullable Long lateMs,
            @Nullable Long connectMs,
            List<LossRow> causes) {

        static DayRow of(CameraReport report) {
            return new DayRow(
                    report.camera(),
                    report.from(),
                    report.to(),
                    report.available().map(share -> Json.round(share, 5)).orElse(null),
                    report.expected().toMillis(),
                    report.known().toMillis(),
                    report.outages(),
                    millis(report.betweenFailures()),
                    millis(report.toRepair()),
                    rounded(report.stream().bitsPerSecond()),
                    rounded(report.stream().lateMillis()),
                    rounded(report.stream().connectMillis()),
                    report.causes().stream().map(LossRow::of).toList());
        }

        private static @Nullable Long millis(Optional<Duration> length) {
            return length.map(Duration::toMillis).orElse(null);
        }
    }

    private static @Nullable Long rounded(OptionalDouble value) {
        return value.isPresent() ? (Long) Math.round(value.getAsDouble()) : null;
    }

    /** Time that was lost for a cause. */
    public record LossRow(String cause, long lostMs, int outages) {

        static LossRow of(CameraReport.Loss loss) {
            return new LossRow(loss.cause(), loss.length().toMillis(), loss.outages());
        }
    }

    /** Whether a camera is likely to fail within a day, and why this is said. */
    public record ForecastRow(String camera, boolean likely, Instant asOf, String reason) {

        static ForecastRow of(Forecast forecast) {
            return new ForecastRow(
                    forecast.camera(), forecast.likely(), forecast.asOf(), forecast.reason());
        }
    }

    public static ReportDocument of(List<CameraReport> reports, List<Forecast> forecasts) {
        return new ReportDocument(
                days(reports), forecasts.stream().map(ForecastRow::of).toList(), null);
    }

    /**
     * @param missing why they are not known, one line
     */
    public static ReportDocument withoutForecasts(List<CameraReport> reports, String missing) {
        return new ReportDocument(days(reports), null, missing);
    }

    private static List<DayRow> days(List<CameraReport> reports) {
        return reports.stream().map(DayRow::of).toList();
    }
}
