package io.visionops.shell.internal.command;

import io.visionops.shell.internal.LineParser;
import io.visionops.shell.internal.Part;
import io.visionops.shell.internal.Parts;
import io.visionops.shell.internal.Plain;
import io.visionops.shell.internal.VisionOpsCommand;
import io.visionops.shell.internal.json.UpdateStatusDocument;
import java.io.PrintStream;
import java.time.Duration;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** How far an update is. */
@Service
@Parsing(LineParser.class)
@Command(
        scope = "visionops",
        name = "update-status",
        description = "Shows which release is installed, and how far an update is")
public final class UpdateStatusCommand extends VisionOpsCommand<UpdateStatusDocument> {

    @Override
    protected UpdateStatusDocument answer(Parts parts) {
        zone(parts);
        return UpdateStatusDocument.of(parts.get(Part.UPDATES).status());
    }

    @Override
    protected void print(UpdateStatusDocument status, PrintStream out) {
        out.println(
                "installed  release "
                        + status.release()
                        + " ("
                        + Plain.line(status.version())
                        + ")");
        if (!status.stage().equals("idle")) {
            out.println(
                    "update     to release "
                            + status.target()
                            + ": "
                            + status.stage()
                            + ", "
                            + Plain.length(Duration.between(status.since(), clock().instant()))
                            + (status.totalBytes() > 0
                                    ? ", "
                                            + Plain.size(status.bytes())
                                            + " of "
                                            + Plain.size(status.totalBytes())
                                    : ""));
        }
        if (!status.detail().isEmpty()) {
            out.println("           " + Plain.line(status.detail()));
        }
        if (status.canary() != null && status.stage().equals("canary")) {
            CanaryTable.print(status.canary(), out, width());
        }
        out.println("kept       " + (status.kept().isEmpty() ? "none" : status.kept()));
        out.println(
                "repository "
                        + (status.checked() == null
                                ? "not read since the start"
                                : "read " + time(status.checked()))
                        + (status.available() == null
                                ? ""
                                : ", has release " + status.available().release()));
    }
}
