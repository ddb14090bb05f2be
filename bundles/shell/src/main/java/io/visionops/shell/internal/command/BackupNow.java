package io.visionops.shell.internal.command;

import io.visionops.api.backup.BackupException;
import io.visionops.api.backup.Backups;
import io.visionops.shell.internal.LineParser;
import io.visionops.shell.internal.Part;
import io.visionops.shell.internal.Parts;
import io.visionops.shell.internal.json.BackupStatusDocument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Makes a backup. */
@Service
@Parsing(LineParser.class)
@Command(
        scope = "visionops",
        name = "backup-now",
        description = "Begins to make a backup, which is proven by a restore on trial")
public final class BackupNow extends BackupWork {

    @Option(
            name = "--increment",
            description = "Only what has changed since the last full one, as is made each hour")
    private boolean increment;

    @Override
    protected BackupStatusDocument answer(Parts parts) throws BackupException {
        Backups backups = parts.get(Part.BACKUPS);
        if (increment) {
            backups.increment(actor());
        } else {
            backups.now(actor());
        }
        return begun(parts);
    }
}
