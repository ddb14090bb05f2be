package io.visionops.shell.internal.command;

import io.visionops.shell.internal.LineParser;
import io.visionops.shell.internal.Part;
import io.visionops.shell.internal.Parts;
import io.visionops.shell.internal.Plain;
import io.visionops.shell.internal.VisionOpsCommand;
import io.visionops.shell.internal.json.BackupStatusDocument;
import java.io.PrintStream;
import java.time.Duration;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** How far a backup or a restore is. */
@Service
@Parsing(LineParser.class)
@Command(
        scope = "visionops",
        name = "backup-status",
        description = "Shows how far a backup or a restore is, and how the last one ended")
public final class BackupStatusCommand extends VisionOpsCommand<BackupStatusDocument> {

    @Override
    protected BackupStatusDocument answer(Parts parts) {
        zone(parts);
        return BackupStatusDocument.of(parts.get(Part.BACKUPS).status());
    }

    @Override
    protected void print(BackupStatusDocument status, PrintStream out) {
        out.println(
                (status.work().isEmpty() ? "no work yet" : status.work() + " " + status.id())
                        + ": "
                        + status.stage()
                        + ", since "
                        + Plain.length(Duration.between(status.since(), clock().instant()))
                        + (status.totalBytes() > 0
                                ? ", "
                                        + Plain.size(status.bytes())
                                        + " of "
                                        + Plain.size(status.totalBytes())
                                : ""));
        if (!status.detail().isEmpty()) {
            out.println("       " + Plain.line(status.detail()));
        }
        out.println("target " + Plain.line(status.target()));
        out.println("next   " + (status.next() == null ? "none by itself" : time(status.next())));
    }
}
