package io.visionops.shell.internal.command;

import io.visionops.api.update.CanaryReport;
import io.visionops.api.update.UpdateException;
import io.visionops.api.update.Updates;
import io.visionops.shell.internal.CommandException;
import io.visionops.shell.internal.LineParser;
import io.visionops.shell.internal.Part;
import io.visionops.shell.internal.Parts;
import io.visionops.shell.internal.Plain;
import io.visionops.shell.internal.VisionOpsCommand;
import io.visionops.shell.internal.completion.CanaryDecisions;
import io.visionops.shell.internal.json.CanaryDocument;
import java.io.PrintStream;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Shows how a release does beside the one that runs, and ends that. */
@Service
@Parsing(LineParser.class)
@Command(
        scope = "visionops",
        name = "update-canary",
        description =
                "Shows how the analysis of a release does beside the one that runs; promote and drop"
                        + " end it")
public final class UpdateCanary extends VisionOpsCommand<CanaryDocument> {

    @Argument(name = "DECISION", description = "promote or drop; without it nothing is ended")
    @Completion(CanaryDecisions.class)
    private String decision = "";

    @Override
    protected CanaryDocument answer(Parts parts) throws UpdateException {
        Updates updates = parts.get(Part.UPDATES);
        switch (decision) {
            case "" -> {}
            case CanaryDecisions.PROMOTE -> updates.decide(true, actor());
            case CanaryDecisions.DROP -> updates.decide(false, actor());
            default -> throw new CommandException("DECISION must be promote or drop");
        }
        CanaryReport report =
                updates.status()
                        .canary()
                        .orElseThrow(
                                () ->
                                        new CommandException(
                                                "no release was compared since the start: update-install"
                                                        + " --canary CAMERA does"));
        return CanaryDocument.of(report);
    }

    @Override
    protected void print(CanaryDocument report, PrintStream out) {
        CanaryTable.print(report, out, width());
        if (!decision.isEmpty()) {
            out.println(Plain.line(decision + ": update-status says how far it is"));
        }
    }
}
