package io.visionops.shell.internal.command;

import io.visionops.api.backup.BackupException;
import io.visionops.shell.internal.LineParser;
import io.visionops.shell.internal.Part;
import io.visionops.shell.internal.Parts;
import io.visionops.shell.internal.Plain;
import io.visionops.shell.internal.Table;
import io.visionops.shell.internal.VisionOpsCommand;
import io.visionops.shell.internal.json.BackupRow;
import java.io.PrintStream;
import java.util.List;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** The backups there are. */
@Service
@Parsing(LineParser.class)
@Command(
        scope = "visionops",
        name = "backup-list",
        description = "Lists backups and whether they are proven, newest first")
public final class BackupList extends VisionOpsCommand<List<BackupRow>> {

    @Override
    protected List<BackupRow> answer(Parts parts) throws BackupException {
        zone(parts);
        return parts.get(Part.BACKUPS).list().stream().map(BackupRow::of).toList();
    }

    @Override
    protected void print(List<BackupRow> rows, PrintStream out) {
        Table table =
                new Table(
                        "no backups", "Backup", "Time", ">Size", ">Database", "Proven", "~Why not");
        for (BackupRow row : rows) {
            table.row(
                    row.id(),
                    time(row.time()),
                    Plain.size(row.bytes()),
                    row.databaseBytes() == 0 ? "" : Plain.size(row.databaseBytes()),
                    row.proven() == null ? "no" : time(row.proven()),
                    row.trouble());
        }
        table.print(out, width());
    }
}
