package io.visionops.shell.internal.command;

import io.visionops.api.backup.BackupException;
import io.visionops.shell.internal.Part;
import io.visionops.shell.internal.Parts;
import io.visionops.shell.internal.VisionOpsCommand;
import io.visionops.shell.internal.Words;
import io.visionops.shell.internal.json.BackupKeyDocument;
import java.io.PrintStream;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** The key of the backups, for a person to keep elsewhere. */
@Service
@Parsing(Words.class)
@Command(
        scope = "visionops",
        name = "backup-key",
        description = "Prints the recovery key, without which no backup can be read")
public final class BackupKeyCommand extends VisionOpsCommand<BackupKeyDocument> {

    @Override
    protected BackupKeyDocument answer(Parts parts) throws BackupException {
        return new BackupKeyDocument(parts.get(Part.BACKUPS).recoveryKey(actor()));
    }

    @Override
    protected void print(BackupKeyDocument key, PrintStream out) {
        out.println(key.recoveryKey());
        out.println(
                "Keep it apart from this computer and from the backups: who has both reads all.");
    }
}
