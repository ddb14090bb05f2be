package io.visionops.shell.internal.command;

import io.visionops.api.forecast.Forecasts;
import io.visionops.api.query.CameraReport;
import io.visionops.api.query.CountQuery;
import io.visionops.api.query.CoverageQuery;
import io.visionops.api.query.JournalReadException;
import io.visionops.shell.internal.CommandException;
import io.visionops.shell.internal.LineParser;
import io.visionops.shell.internal.Part;
import io.visionops.shell.internal.Parts;
import io.visionops.shell.internal.Plain;
import io.visionops.shell.internal.Table;
import io.visionops.shell.internal.VisionOpsCommand;
import io.visionops.shell.internal.completion.CameraNames;
import io.visionops.shell.internal.json.ReportDocument;
import java.io.PrintStream;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.jspecify.annotations.Nullable;

/** Tells how cameras did, and which is likely to fail. */
@Service
@Parsing(LineParser.class)
@Command(
        scope = "visionops",
        name = "camera-report",
        description = "How cameras did by day, and which is likely to fail soon")
public final class CameraReportCommand extends VisionOpsCommand<ReportDocument> {

    /** Days of a report about one camera. */
    private static final int DAYS = 14;

    @Argument(name = "NAME", description = "Only this camera, and its last 14 days")
    @Completion(CameraNames.class)
    private @Nullable String name;

    @Option(name = "--day", description = "Only this day: 2026-01-31")
    private @Nullable String day;

    @Override
    protected ReportDocument answer(Parts parts) {
        ZoneId zone = zone(parts);
        LocalDate today = LocalDate.ofInstant(clock().instant(), zone);
        LocalDate last = day == null ? today : read(day);
        LocalDate first = day == null && name != null ? today.minusDays(DAYS - 1) : last;
        Optional<String> camera = Optional.ofNullable(name);
        CoverageQuery query =
                new CoverageQuery(
                        camera,
                        Optional.of(first.atStartOfDay(zone).toInstant()),
                        Optional.of(last.plusDays(1).atStartOfDay(zone).toInstant()),
                        CountQuery.Interval.DAY);
        List<CameraReport> reports = parts.get(Part.JOURNAL_READER).reports(query);
        Optional<Forecasts> forecasts = parts.find(Part.FORECASTS);
        if (forecasts.isEmpty()) {
            return ReportDocument.withoutForecasts(reports, parts.missing(Part.FORECASTS));
        }
        try {
            return ReportDocument.of(reports, forecasts.get().forecasts(camera));
        } catch (JournalReadException e) {
            // A part that is being swapped has lost its database; what was read stands.
            return ReportDocument.withoutForecasts(reports, Plain.line(e.getMessage()));
        }
    }

    private static LocalDate read(String day) {
        try {
            return LocalDate.parse(day);
        } catch (DateTimeException e) {
            throw new CommandException(
                    "--day " + Plain.line(day) + ": must be a date, such as 2026-01-31", e);
        }
    }

    @Override
    protected void print(ReportDocument report, PrintStream out) {
        Table table =
                new Table(
                        "nothing is noted of a camera in this time",
                        "Day",
                        "Camera",
                        ">Available",
                        ">Outages",
                        "?>MTBF",
                        "?>MTTR",
                        "?>kbit/s",
                        "?>Late",
                        "?>Connect",
                        "~Lost");
        for (ReportDocument.DayRow row : report.days()) {
            table.row(
                    time(row.from()).substring(0, 10),
                    row.camera(),
                    available(row.availability()),
                    row.outages(),
                    length(row.mtbfMs()),
                    length(row.mttrMs()),
                    row.bitsPerSecond() == null ? null : row.bitsPerSecond() / 1000,
                    millis(row.lateMs()),
                    millis(row.connectMs()),
                    row.causes().stream()
                            .map(loss -> loss.cause() + " " + length(loss.lostMs()))
                            .collect(Collectors.joining(", ")));
        }
        table.print(out, width());
        if (report.forecasts() == null) {
            out.println("the forecast is not known now: " + report.forecastsMissing());
            return;
        }
        for (ReportDocument.ForecastRow row : report.forecasts()) {
            out.println(
                    Plain.line(
                            row.camera()
                                    + (row.likely() ? ": LIKELY TO FAIL WITHIN 24 H: " : ": ")
                                    + row.reason()));
        }
    }

    /** Rounded down: 100 % is said of a camera that was never lost alone. */
    private static String available(@Nullable Double share) {
        return share == null
                ? "-"
                : String.format(Locale.ROOT, "%.2f %%", Math.floor(share * 10_000) / 100);
    }

    private static @Nullable String millis(@Nullable Long millis) {
        return millis == null ? null : millis + " ms";
    }

    private static @Nullable String length(@Nullable Long millis) {
        return millis == null ? null : Plain.length(Duration.ofMillis(millis));
    }
}
