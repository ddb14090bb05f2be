package io.visionops.shell.internal.command;

import io.visionops.shell.internal.Part;
import io.visionops.shell.internal.Parts;
import io.visionops.shell.internal.Plain;
import io.visionops.shell.internal.Table;
import io.visionops.shell.internal.VisionOpsCommand;
import io.visionops.shell.internal.Words;
import io.visionops.shell.internal.json.DatabaseDocument;
import java.io.PrintStream;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Shows the state of the database. */
@Service
@Parsing(Words.class)
@Command(scope = "visionops", name = "db-stats", description = "Shows the state of the database")
public final class DbStats extends VisionOpsCommand<DatabaseDocument> {

    @Override
    protected DatabaseDocument answer(Parts parts) {
        return DatabaseDocument.of(parts.get(Part.JOURNAL_READER).statistics());
    }

    @Override
    protected void print(DatabaseDocument database, PrintStream out) {
        Table table = new Table("", "Database", "");
        table.row("file", database.file());
        table.row("size", Plain.size(database.bytes()));
        table.row("write-ahead log", Plain.size(database.walBytes()));
        table.row("schema version", database.schemaVersion());
        table.row("waiting to be written", database.queued());
        table.row("commits since start", database.commits());
        table.row("commit, 95th percentile", database.commitP95Ms() + " ms");
        table.row("refused, queue full", database.rejected());
        if (database.clockTrouble() != null) {
            table.row("removal of old rows", database.clockTrouble());
        }
        database.rows().forEach((name, rows) -> table.row("rows of " + name, rows));
        table.print(out, width());
    }
}
