package io.visionops.shell.internal.command;

import io.visionops.api.query.CoverageQuery;
import io.visionops.shell.internal.LineParser;
import io.visionops.shell.internal.Part;
import io.visionops.shell.internal.Parts;
import io.visionops.shell.internal.Plain;
import io.visionops.shell.internal.Table;
import io.visionops.shell.internal.TimeOption;
import io.visionops.shell.internal.json.CoverageRow;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Accounts for every second of every camera. */
@Service
@Parsing(LineParser.class)
@Command(
        scope = "visionops",
        name = "coverage",
        description = "Where the time of each camera went: watched, degraded or blind, and why")
public final class CoverageCommand extends IntervalCommand<List<CoverageRow>> {

    @Override
    protected List<CoverageRow> answer(Parts parts) {
        TimeOption.Range range = range(parts);
        CoverageQuery query = new CoverageQuery(camera(), range.from(), range.to(), interval());
        return parts.get(Part.JOURNAL_READER).coverage(query).stream()
                .map(CoverageRow::of)
                .toList();
    }

    @Override
    protected void print(List<CoverageRow> rows, PrintStream out) {
        Table table =
                new Table(
                        "no camera has been expected yet",
                        "From",
                        "?To",
                        "Camera",
                        ">Coverage",
                        "?>Expected",
                        "?>Watched",
                        "?~Degraded",
                        "?>Seen",
                        "~Blind");
        for (CoverageRow row : rows) {
            table.row(
                    time(row.from()),
                    time(row.to()),
                    row.camera(),
                    row.coverage() == null ? "not expected" : Plain.percent(row.coverage()),
                    length(row.expectedMs()),
                    length(row.watchedMs()),
                    causes(row.degradedMs()),
                    Plain.percent(row.degradedShare()),
                    causes(row.blindMs()));
        }
        table.print(out, width());
    }

    /** The longest first. */
    private static String causes(Map<String, Long> millis) {
        return millis.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .map(cause -> cause.getKey() + " " + length(cause.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static String length(long millis) {
        return Plain.length(Duration.ofMillis(millis));
    }
}
