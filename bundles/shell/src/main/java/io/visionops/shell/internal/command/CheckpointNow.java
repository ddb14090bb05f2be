package io.visionops.shell.internal.command;

import static java.util.stream.Collectors.joining;

import io.visionops.shell.internal.Checkpointing;
import io.visionops.shell.internal.LineParser;
import io.visionops.shell.internal.Parts;
import io.visionops.shell.internal.Table;
import io.visionops.shell.internal.VisionOpsCommand;
import io.visionops.shell.internal.json.SavedRow;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Has all parts save what they know. */
@Service
@Parsing(LineParser.class)
@Command(
        scope = "visionops",
        name = "checkpoint-now",
        description = "Saves what all parts know, as before an update; fails when one cannot")
public final class CheckpointNow extends VisionOpsCommand<List<SavedRow>> {

    @Option(name = "--reason", description = "Why, for the log")
    private String reason = "asked for at the shell";

    @Override
    protected List<SavedRow> answer(Parts parts) {
        return new Checkpointing(bundles).ask(reason, actor());
    }

    @Override
    protected void print(List<SavedRow> rows, PrintStream out) {
        Table table = new Table("nothing is saved", "Part", "Owner", "~Result", ">Took");
        for (SavedRow row : rows) {
            table.row(row.part(), row.owner(), row.detail(), row.tookMs() + " ms");
        }
        table.print(out, width());
    }

    @Override
    protected Optional<String> failure(List<SavedRow> rows) {
        if (rows.isEmpty()) {
            return Optional.of("no part is there that has something to save");
        }
        String failed =
                rows.stream()
                        .filter(row -> !row.saved())
                        .map(SavedRow::owner)
                        .collect(joining(", "));
        return failed.isEmpty() ? Optional.empty() : Optional.of("not saved: " + failed);
    }
}
