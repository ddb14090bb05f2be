package io.visionops.shell.internal.command;

import io.visionops.api.backup.BackupException;
import io.visionops.shell.internal.LineParser;
import io.visionops.shell.internal.Part;
import io.visionops.shell.internal.Parts;
import io.visionops.shell.internal.completion.BackupIds;
import io.visionops.shell.internal.json.BackupStatusDocument;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Restores a backup on trial. */
@Service
@Parsing(LineParser.class)
@Command(
        scope = "visionops",
        name = "backup-verify",
        description = "Begins to restore a backup on trial; nothing is replaced")
public final class BackupVerify extends BackupWork {

    @Argument(name = "BACKUP", description = "Its name in backup-list", required = true)
    @Completion(BackupIds.class)
    private String id = "";

    @Override
    protected BackupStatusDocument answer(Parts parts) throws BackupException {
        parts.get(Part.BACKUPS).verify(id, actor());
        return begun(parts);
    }
}
