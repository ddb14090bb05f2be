package io.visionops.shell.internal.command;

import io.visionops.api.health.HealthMonitor;
import io.visionops.api.query.RecordPage;
import io.visionops.api.query.RecordQuery;
import io.visionops.api.subject.Subject;
import io.visionops.shell.internal.CommandException;
import io.visionops.shell.internal.LineParser;
import io.visionops.shell.internal.Part;
import io.visionops.shell.internal.Parts;
import io.visionops.shell.internal.Plain;
import io.visionops.shell.internal.Table;
import io.visionops.shell.internal.VisionOpsCommand;
import io.visionops.shell.internal.completion.CheckNames;
import io.visionops.shell.internal.json.HealthHistoryDocument;
import io.visionops.shell.internal.json.HealthHistoryDocument.ChangeRow;
import io.visionops.shell.internal.json.HealthHistoryDocument.ResultRow;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.jspecify.annotations.Nullable;

/** How checks have been: each round of one, and the changes of all. */
@Service
@Parsing(LineParser.class)
@Command(
        scope = "visionops",
        name = "health-history",
        description = "Shows how checks have changed, newest first; of one check each round too")
public final class HealthHistory extends VisionOpsCommand<HealthHistoryDocument> {

    private static final String KIND = "health";
    private static final String CHECK = "check";

    @Argument(name = "CHECK", description = "Its name; all changes without")
    @Completion(CheckNames.class)
    private @Nullable String check;

    @Option(name = "--limit", description = "Rows, 1 to 1000")
    private String limit = "50";

    @Override
    protected HealthHistoryDocument answer(Parts parts) {
        int rows = LimitOption.read(limit);
        List<ResultRow> results = check == null ? List.of() : results(check, rows, parts);
        zone(parts);
        RecordPage page =
                parts.get(Part.JOURNAL_READER)
                        .records(
                                new RecordQuery(
                                        Optional.of(KIND),
                                        Optional.ofNullable(check)
                                                .map(name -> new Subject(CHECK, name)),
                                        Optional.empty(),
                                        Optional.empty(),
                                        rows,
                                        Optional.empty()));
        if (check != null && results.isEmpty() && page.records().isEmpty()) {
            throw new CommandException(
                    "there is no check " + Plain.line(check) + "; health shows which there are");
        }
        return new HealthHistoryDocument(
                check, results, page.records().stream().map(ChangeRow::of).toList());
    }

    /** None where the part is away: changes are in the database. */
    private static List<ResultRow> results(String check, int rows, Parts parts) {
        Optional<HealthMonitor> monitor = parts.find(Part.HEALTH);
        return monitor.map(one -> one.history(check)).orElse(List.of()).stream()
                .limit(rows)
                .map(ResultRow::of)
                .toList();
    }

    @Override
    protected void print(HealthHistoryDocument history, PrintStream out) {
        if (history.check() != null) {
            Table rounds = new Table("no rounds", "Round", "Status", ">Took", "~Cause");
            for (ResultRow row : history.results()) {
                rounds.row(time(row.time()), row.status(), row.tookMs() + " ms", row.cause());
            }
            rounds.print(out, width());
            out.println();
        }
        Table changes = new Table("no changes", "Change", "Check", "From", "To", "~Cause");
        for (ChangeRow row : history.changes()) {
            changes.row(time(row.time()), row.check(), row.before(), row.status(), row.cause());
        }
        changes.print(out, width());
    }
}
