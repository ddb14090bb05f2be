package io.visionops.shell.internal.command;

import io.visionops.shell.internal.LineParser;
import io.visionops.shell.internal.Part;
import io.visionops.shell.internal.Parts;
import io.visionops.shell.internal.Plain;
import io.visionops.shell.internal.Table;
import io.visionops.shell.internal.VisionOpsCommand;
import io.visionops.shell.internal.json.ProcessRow;
import java.io.PrintStream;
import java.util.List;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Lists the child processes. */
@Service
@Parsing(LineParser.class)
@Command(
        scope = "visionops",
        name = "processes",
        description = "Lists the child processes and what they use")
public final class Processes extends VisionOpsCommand<List<ProcessRow>> {

    @Override
    protected List<ProcessRow> answer(Parts parts) {
        return parts.get(Part.CHILD_PROCESSES).usage().stream().map(ProcessRow::of).toList();
    }

    @Override
    protected void print(List<ProcessRow> processes, PrintStream out) {
        Table table =
                new Table(
                        "no child processes",
                        "Process",
                        ">pid",
                        "?>Started",
                        ">Memory",
                        "?>CPU s",
                        ">Load",
                        "Held");
        for (ProcessRow process : processes) {
            table.row(
                    process.name(),
                    process.pid(),
                    Plain.ago(process.started(), clock().instant()),
                    Plain.size(process.memory()),
                    process.cpuSeconds(),
                    process.load(),
                    process.held() ? "yes" : "no");
        }
        table.print(out, width());
    }
}
