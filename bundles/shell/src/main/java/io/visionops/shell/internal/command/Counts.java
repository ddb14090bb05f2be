package io.visionops.shell.internal.command;

import io.visionops.api.query.CountQuery;
import io.visionops.api.query.CountQuery.Interval;
import io.visionops.api.query.JournalReader;
import io.visionops.shell.internal.LineParser;
import io.visionops.shell.internal.Part;
import io.visionops.shell.internal.Parts;
import io.visionops.shell.internal.Plain;
import io.visionops.shell.internal.Table;
import io.visionops.shell.internal.TimeOption;
import io.visionops.shell.internal.completion.Labels;
import io.visionops.shell.internal.completion.LineNames;
import io.visionops.shell.internal.completion.ZoneNames;
import io.visionops.shell.internal.json.LineCountRow;
import io.visionops.shell.internal.json.ZoneCountRow;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.jspecify.annotations.Nullable;

/** Counts. */
@Service
@Parsing(LineParser.class)
@Command(
        scope = "visionops",
        name = "counts",
        description = "Counts of lines and zones, with the share of the time that was watched")
public final class Counts extends IntervalCommand<Counts.Rows> {

    @Option(name = "--line", description = "Only this line")
    @Completion(LineNames.class)
    private @Nullable String line;

    @Option(name = "--zone", description = "Only this zone")
    @Completion(ZoneNames.class)
    private @Nullable String zone;

    @Option(name = "--label", description = "Only objects of this kind")
    @Completion(Labels.class)
    private @Nullable String label;

    /** Lines and zones have different columns. */
    public record Rows(List<LineCountRow> lines, List<ZoneCountRow> zones) {}

    @Override
    protected Rows answer(Parts parts) {
        TimeOption.Range range = range(parts);
        Interval length = interval();
        JournalReader reader = parts.get(Part.JOURNAL_READER);
        return new Rows(
                line == null && zone != null
                        ? List.of()
                        : reader.lineCounts(query(line, range, length)).stream()
                                .map(LineCountRow::of)
                                .toList(),
                zone == null && line != null
                        ? List.of()
                        : reader.zoneCounts(query(zone, range, length)).stream()
                                .map(ZoneCountRow::of)
                                .toList());
    }

    private CountQuery query(@Nullable String area, TimeOption.Range range, Interval length) {
        return new CountQuery(
                camera(),
                Optional.ofNullable(area),
                Optional.ofNullable(label),
                range.from(),
                range.to(),
                length);
    }

    @Override
    protected Object document(Rows rows) {
        return Stream.concat(rows.lines().stream(), rows.zones().stream()).toList();
    }

    @Override
    protected void print(Rows rows, PrintStream out) {
        if (!rows.lines().isEmpty() || rows.zones().isEmpty()) {
            printLines(rows.lines(), out);
        }
        if (!rows.zones().isEmpty()) {
            printZones(rows.zones(), out);
        }
    }

    private void printLines(List<LineCountRow> rows, PrintStream out) {
        Table table =
                new Table(
                        "no counts",
                        "From",
                        "?To",
                        "Camera",
                        "Line",
                        "Label",
                        "Way",
                        ">Count",
                        ">Watched");
        for (LineCountRow row : rows) {
            table.row(
                    time(row.from()),
                    time(row.to()),
                    row.camera(),
                    row.line(),
                    row.label(),
                    row.direction(),
                    row.count() == null ? "unknown" : row.count(),
                    Plain.percent(row.coverage()));
        }
        table.print(out, width());
    }

    private void printZones(List<ZoneCountRow> rows, PrintStream out) {
        Table table =
                new Table(
                        "no counts",
                        "From",
                        "?To",
                        "Camera",
                        "Zone",
                        "Label",
                        ">Mean",
                        ">Max",
                        ">Watched");
        for (ZoneCountRow row : rows) {
            table.row(
                    time(row.from()),
                    time(row.to()),
                    row.camera(),
                    row.zone(),
                    row.label(),
                    row.occupancyMean() == null ? "unknown" : row.occupancyMean(),
                    row.occupancyMax() == null ? "unknown" : row.occupancyMax(),
                    Plain.percent(row.coverage()));
        }
        table.print(out, width());
    }
}
