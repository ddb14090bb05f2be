package io.visionops.shell.internal.command;

import io.visionops.api.backup.BackupException;
import io.visionops.api.backup.Backups;
import io.visionops.shell.internal.LineParser;
import io.visionops.shell.internal.Part;
import io.visionops.shell.internal.Parts;
import io.visionops.shell.internal.VisionOpsCommand;
import io.visionops.shell.internal.json.BackupKeyDocument;
import java.io.PrintStream;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** The key of the backups, for a person to keep elsewhere. */
@Service
@Parsing(LineParser.class)
@Command(
        scope = "visionops",
        name = "backup-key",
        description = "Prints the recovery key, without which no backup can be read")
public final class BackupKeyCommand extends VisionOpsCommand<BackupKeyDocument> {

    @Option(
            name = "--rotate",
            description = "Makes another key for the backups from now on; earlier ones keep theirs")
    private boolean rotate;

    @Override
    protected BackupKeyDocument answer(Parts parts) throws BackupException {
        Backups backups = parts.get(Part.BACKUPS);
        return new BackupKeyDocument(
                rotate ? backups.rotateKey(actor()) : backups.recoveryKey(actor()));
    }

    @Override
    protected void print(BackupKeyDocument key, PrintStream out) {
        out.println(key.recoveryKey());
        out.println(
                "Keep it apart from this computer and from the backups: who has both reads all.");
        if (rotate) {
            out.println("Keep the one before too, as long as you keep backups made with it.");
        }
    }
}
