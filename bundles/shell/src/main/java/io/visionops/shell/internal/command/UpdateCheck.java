package io.visionops.shell.internal.command;

import io.visionops.api.update.UpdateException;
import io.visionops.api.update.Updates;
import io.visionops.shell.internal.LineParser;
import io.visionops.shell.internal.Part;
import io.visionops.shell.internal.Parts;
import io.visionops.shell.internal.Plain;
import io.visionops.shell.internal.VisionOpsCommand;
import io.visionops.shell.internal.json.UpdateStatusDocument;
import java.io.PrintStream;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Looks whether there is another release. */
@Service
@Parsing(LineParser.class)
@Command(
        scope = "visionops",
        name = "update-check",
        description = "Looks into the repository whether there is another release")
public final class UpdateCheck extends VisionOpsCommand<UpdateStatusDocument> {

    @Override
    protected UpdateStatusDocument answer(Parts parts) throws UpdateException {
        Updates updates = parts.get(Part.UPDATES);
        zone(parts);
        updates.check(actor());
        return UpdateStatusDocument.of(updates.status());
    }

    @Override
    protected void print(UpdateStatusDocument status, PrintStream out) {
        if (status.available() == null) {
            out.println("release " + status.release() + " is installed, and is the newest");
            return;
        }
        out.println(
                "release "
                        + status.available().release()
                        + " ("
                        + Plain.line(status.available().version())
                        + ") is there, signed until "
                        + time(status.available().expires())
                        + "; installed is "
                        + status.release()
                        + " ("
                        + Plain.line(status.version())
                        + ")");
        if (status.available().refused() != null) {
            out.println("it was gone back from: " + Plain.line(status.available().refused()));
        }
    }
}
