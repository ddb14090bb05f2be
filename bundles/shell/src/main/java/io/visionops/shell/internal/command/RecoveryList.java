package io.visionops.shell.internal.command;

import io.visionops.shell.internal.LineParser;
import io.visionops.shell.internal.Parts;
import io.visionops.shell.internal.Recovery;
import io.visionops.shell.internal.Table;
import io.visionops.shell.internal.VisionOpsCommand;
import io.visionops.shell.internal.json.RecoveryRow;
import java.io.PrintStream;
import java.util.List;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Lists the repairs that parts offer. */
@Service
@Parsing(LineParser.class)
@Command(
        scope = "visionops",
        name = "recovery-list",
        description = "Lists the repairs that parts offer, what they cost and of what")
public final class RecoveryList extends VisionOpsCommand<List<RecoveryRow>> {

    @Override
    protected List<RecoveryRow> answer(Parts parts) {
        return new Recovery(bundles).each(RecoveryRow::of);
    }

    @Override
    protected void print(List<RecoveryRow> rows, PrintStream out) {
        Table table = new Table("no repairs", "Repair", "Of a", ">Within", "~Costs", "~Targets");
        for (RecoveryRow row : rows) {
            table.row(
                    row.name(),
                    row.scope(),
                    row.deadlineSeconds() + " s",
                    row.cost(),
                    String.join(" ", row.targets()));
        }
        table.print(out, width());
    }
}
