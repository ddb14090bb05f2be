package io.visionops.shell.internal.command;

import io.visionops.api.backup.BackupStatus;
import io.visionops.api.backup.Backups;
import io.visionops.shell.internal.CommandException;
import io.visionops.shell.internal.Part;
import io.visionops.shell.internal.Parts;
import io.visionops.shell.internal.Pause;
import io.visionops.shell.internal.Plain;
import io.visionops.shell.internal.VisionOpsCommand;
import io.visionops.shell.internal.json.BackupStatusDocument;
import java.io.PrintStream;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Option;

/** Commands that begin something which goes on by itself. */
abstract class BackupWork extends VisionOpsCommand<BackupStatusDocument> {

    private static final long LOOK_MILLIS = 200;

    @Option(name = "--wait", description = "Returns when it is done, or has failed")
    private boolean wait;

    /** How far it is; with {@code --wait}, how it ended. */
    final BackupStatusDocument begun(Parts parts) {
        Backups backups = parts.get(Part.BACKUPS);
        BackupStatus status = backups.status();
        while (wait && !status.stage().isOver()) {
            pause();
            status = backups.status();
        }
        return BackupStatusDocument.of(status);
    }

    private static void pause() {
        try {
            Pause.millis(LOOK_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandException("no longer waited for; backup-status says how far it is", e);
        }
    }

    @Override
    protected Optional<String> failure(BackupStatusDocument status) {
        return status.stage().equals("failed")
                ? Optional.of(status.work() + " failed: " + status.detail())
                : Optional.empty();
    }

    @Override
    protected void print(BackupStatusDocument status, PrintStream out) {
        out.println(
                status.stage().equals("done")
                        ? Plain.line(status.detail())
                        : "begun: backup-status says how far it is");
    }
}
