package io.visionops.shell.internal.command;

import io.visionops.shell.internal.LineParser;
import io.visionops.shell.internal.Part;
import io.visionops.shell.internal.Parts;
import io.visionops.shell.internal.Plain;
import io.visionops.shell.internal.VisionOpsCommand;
import io.visionops.shell.internal.completion.SilenceIds;
import io.visionops.shell.internal.json.SilenceRow;
import java.io.PrintStream;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Ends a silence before its time. */
@Service
@Parsing(LineParser.class)
@Command(
        scope = "visionops",
        name = "alert-unsilence",
        description = "Ends a silence before its time: what fires is told")
public final class AlertUnsilence extends VisionOpsCommand<SilenceRow> {

    @Argument(name = "ID", description = "The silence, as alert-list names it", required = true)
    @Completion(SilenceIds.class)
    private String id = "";

    @Override
    protected SilenceRow answer(Parts parts) {
        return SilenceRow.of(parts.get(Part.ALERTS).unsilence(id, actor()));
    }

    @Override
    protected void print(SilenceRow silence, PrintStream out) {
        out.println(Plain.line("the silence of " + silence.target() + " is over"));
    }
}
