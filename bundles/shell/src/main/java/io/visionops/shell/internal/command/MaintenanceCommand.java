package io.visionops.shell.internal.command;

import io.visionops.shell.internal.CommandException;
import io.visionops.shell.internal.LineParser;
import io.visionops.shell.internal.Part;
import io.visionops.shell.internal.Parts;
import io.visionops.shell.internal.Plain;
import io.visionops.shell.internal.VisionOpsCommand;
import io.visionops.shell.internal.json.MaintenanceDocument;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Maintains the database now. */
@Service
@Parsing(LineParser.class)
@Command(
        scope = "visionops",
        name = "maintenance",
        description = "Gives free pages of the database back and empties its log; cameras go on")
public final class MaintenanceCommand extends VisionOpsCommand<MaintenanceDocument> {

    @Option(
            name = "--full",
            description = "Writes the file anew; nothing is written meanwhile, which takes seconds")
    private boolean full;

    @Override
    protected MaintenanceDocument answer(Parts parts) throws IOException {
        try {
            return MaintenanceDocument.of(
                    parts.get(Part.DATABASE_MAINTENANCE).maintain(full, actor()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandException("the maintenance was ended", e);
        }
    }

    @Override
    protected void print(MaintenanceDocument result, PrintStream out) {
        out.println(
                Plain.size(result.bytesBefore())
                        + " before, "
                        + Plain.size(result.bytesAfter())
                        + " after, within "
                        + Plain.length(Duration.ofMillis(result.millis()))
                        + "; the writer was held for "
                        + result.longestHoldMillis()
                        + " ms at most");
        if (!result.remark().isEmpty()) {
            out.println(Plain.line(result.remark()));
        }
    }
}
