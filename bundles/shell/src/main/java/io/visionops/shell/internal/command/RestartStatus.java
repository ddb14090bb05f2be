package io.visionops.shell.internal.command;

import io.visionops.api.query.RecordQuery;
import io.visionops.shell.internal.LineParser;
import io.visionops.shell.internal.Part;
import io.visionops.shell.internal.Parts;
import io.visionops.shell.internal.Plain;
import io.visionops.shell.internal.Table;
import io.visionops.shell.internal.VisionOpsCommand;
import io.visionops.shell.internal.json.RestartRow;
import io.visionops.shell.internal.json.RestartsDocument;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** What the watchdog has recorded. */
@Service
@Parsing(LineParser.class)
@Command(
        scope = "visionops",
        name = "restart-status",
        description = "Lists when the program was started and ended, and why")
public final class RestartStatus extends VisionOpsCommand<RestartsDocument> {

    private static final String KIND = "restart";
    private static final Duration WINDOW = Duration.ofHours(1);

    @Option(name = "--limit", description = "Rows, 1 to 1000")
    private String limit = "20";

    @Override
    protected RestartsDocument answer(Parts parts) {
        zone(parts);
        List<RestartRow> rows = rows(parts, LimitOption.read(limit));
        String safeMode = System.getProperty("visionops.safe.mode", "");
        return new RestartsDocument(
                Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime()),
                safeMode.isEmpty() ? null : safeMode,
                crashes(rows, clock().instant().minus(WINDOW)),
                rows);
    }

    private static List<RestartRow> rows(Parts parts, int limit) {
        RecordQuery query =
                new RecordQuery(
                        Optional.of(KIND),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        limit,
                        Optional.empty());
        return parts.get(Part.JOURNAL_READER).records(query).records().stream()
                .map(stored -> RestartRow.of(stored.entry()))
                .toList();
    }

    private static long crashes(List<RestartRow> newestFirst, Instant from) {
        return newestFirst.stream()
                .takeWhile(row -> !row.isStop() && row.time().isAfter(from))
                .filter(RestartRow::isCrash)
                .count();
    }

    @Override
    protected void print(RestartsDocument document, PrintStream out) {
        out.println(
                "up since "
                        + time(document.since())
                        + ", "
                        + document.crashes()
                        + (document.crashes() == 1 ? " crash" : " crashes")
                        + " in the last hour");
        if (document.safeMode() != null) {
            out.println("safe mode, without cameras: " + Plain.line(document.safeMode()));
        }
        Table table = new Table("no restarts", "Time", "What", ">Status", ">Ran", "~Reason");
        for (RestartRow row : document.restarts()) {
            table.row(
                    time(row.time()),
                    row.what(),
                    row.status() == null ? "" : row.status(),
                    row.ranMs() == 0 ? "" : Plain.length(Duration.ofMillis(row.ranMs())),
                    row.reason());
        }
        table.print(out, width());
    }
}
