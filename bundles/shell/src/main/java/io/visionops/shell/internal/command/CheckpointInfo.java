package io.visionops.shell.internal.command;

import io.visionops.shell.internal.LineParser;
import io.visionops.shell.internal.Part;
import io.visionops.shell.internal.Parts;
import io.visionops.shell.internal.Plain;
import io.visionops.shell.internal.Table;
import io.visionops.shell.internal.VisionOpsCommand;
import io.visionops.shell.internal.json.CheckpointRow;
import java.io.PrintStream;
import java.util.List;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.jspecify.annotations.Nullable;

/** Lists the checkpoints. */
@Service
@Parsing(LineParser.class)
@Command(
        scope = "visionops",
        name = "checkpoint-info",
        description = "Lists the saved states that a restart goes on from")
public final class CheckpointInfo extends VisionOpsCommand<List<CheckpointRow>> {

    @Option(name = "--owner", description = "Only those of this owner, such as inference.front")
    private @Nullable String owner;

    @Override
    protected List<CheckpointRow> answer(Parts parts) {
        zone(parts);
        return parts.get(Part.CHECKPOINTS).history().stream()
                .filter(one -> owner == null || owner.equals(one.owner()))
                .map(CheckpointRow::of)
                .toList();
    }

    @Override
    protected void print(List<CheckpointRow> checkpoints, PrintStream out) {
        Table table = new Table("no checkpoints", "Owner", "Time", ">Version", ">Size", "Intact");
        for (CheckpointRow checkpoint : checkpoints) {
            table.row(
                    checkpoint.owner(),
                    time(checkpoint.time()),
                    checkpoint.version(),
                    Plain.size(checkpoint.bytes()),
                    checkpoint.intact() ? "yes" : "no");
        }
        table.print(out, width());
    }
}
