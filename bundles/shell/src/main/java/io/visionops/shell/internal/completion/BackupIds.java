package io.visionops.shell.internal.completion;

import io.visionops.api.backup.BackupException;
import io.visionops.api.backup.BackupInfo;
import io.visionops.api.backup.Backups;
import io.visionops.shell.internal.Part;
import io.visionops.shell.internal.Parts;
import java.util.List;
import java.util.stream.Stream;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Names of the backups there are. */
@Service
public final class BackupIds extends Names {

    @Override
    protected Stream<String> names(Parts parts) {
        return parts.find(Part.BACKUPS).stream()
                .flatMap(backups -> list(backups).stream())
                .map(BackupInfo::id);
    }

    private static List<BackupInfo> list(Backups backups) {
        try {
            return backups.list();
        } catch (BackupException e) {
            // Nothing is offered; the command itself says why.
            return List.of();
        }
    }
}
