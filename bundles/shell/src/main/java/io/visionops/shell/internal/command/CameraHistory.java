package io.visionops.shell.internal.command;

import io.visionops.api.query.HistoryQuery;
import io.visionops.shell.internal.LineParser;
import io.visionops.shell.internal.Part;
import io.visionops.shell.internal.Parts;
import io.visionops.shell.internal.Plain;
import io.visionops.shell.internal.Table;
import io.visionops.shell.internal.TimeOption;
import io.visionops.shell.internal.completion.CameraNames;
import io.visionops.shell.internal.json.HistoryDocument;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.jspecify.annotations.Nullable;

/** Lists the states that a camera went through. */
@Service
@Parsing(LineParser.class)
@Command(
        scope = "visionops",
        name = "camera-history",
        description = "Lists the states that a camera went through, newest first")
public final class CameraHistory extends RangeCommand<HistoryDocument> {

    @Argument(name = "NAME", description = "The camera, also one that was removed", required = true)
    @Completion(CameraNames.class)
    private String name = "";

    @Option(name = "--limit", description = "Rows of a page, 1 to 1000")
    private String limit = "50";

    @Option(name = "--cursor", description = "The next page, as the page before names it")
    private @Nullable String cursor;

    @Override
    protected HistoryDocument answer(Parts parts) {
        TimeOption.Range range = range(parts);
        HistoryQuery query =
                new HistoryQuery(
                        name,
                        range.from(),
                        range.to(),
                        LimitOption.read(limit),
                        Optional.ofNullable(cursor));
        return HistoryDocument.of(name, parts.get(Part.JOURNAL_READER).history(query));
    }

    @Override
    protected void print(HistoryDocument page, PrintStream out) {
        Table table =
                new Table(
                        "nothing is noted of this camera in this time",
                        "Since",
                        ">Lasted",
                        "State",
                        "Cause",
                        "~Detail");
        for (HistoryDocument.StayRow row : page.states()) {
            table.row(
                    time(row.since()),
                    Plain.length(Duration.ofMillis(row.lastedMs())),
                    row.state(),
                    row.cause(),
                    row.detail());
        }
        table.print(out, width());
        if (page.next() != null) {
            out.println("more with --cursor " + Plain.line(page.next()));
        }
    }
}
