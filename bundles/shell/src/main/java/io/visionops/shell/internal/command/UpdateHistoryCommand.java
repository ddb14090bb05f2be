package io.visionops.shell.internal.command;

import io.visionops.shell.internal.LineParser;
import io.visionops.shell.internal.Part;
import io.visionops.shell.internal.Parts;
import io.visionops.shell.internal.Plain;
import io.visionops.shell.internal.Table;
import io.visionops.shell.internal.VisionOpsCommand;
import io.visionops.shell.internal.json.UpdateRow;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** What became of updates. */
@Service
@Parsing(LineParser.class)
@Command(
        scope = "visionops",
        name = "update-history",
        description = "Lists what became of updates, newest first")
public final class UpdateHistoryCommand extends VisionOpsCommand<List<UpdateRow>> {

    @Override
    protected List<UpdateRow> answer(Parts parts) {
        zone(parts);
        return parts.get(Part.UPDATES).history().stream().map(UpdateRow::of).toList();
    }

    @Override
    protected void print(List<UpdateRow> rows, PrintStream out) {
        Table table =
                new Table(
                        "no updates",
                        "Time",
                        ">From",
                        ">To",
                        "Version",
                        ">Level",
                        "Outcome",
                        ">Took",
                        ">Away",
                        "By",
                        "~Detail");
        for (UpdateRow row : rows) {
            table.row(
                    time(row.time()),
                    row.from(),
                    row.to(),
                    row.version(),
                    row.level(),
                    row.outcome(),
                    Plain.length(Duration.ofMillis(row.tookMs())),
                    row.downtimeMs() == null ? "" : row.downtimeMs() + " ms",
                    row.actor(),
                    row.detail());
        }
        table.print(out, width());
    }
}
