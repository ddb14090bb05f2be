package io.visionops.shell.internal.command;

import io.visionops.api.query.DatabaseStatistics;
import io.visionops.shell.internal.LineParser;
import io.visionops.shell.internal.Part;
import io.visionops.shell.internal.Parts;
import io.visionops.shell.internal.Plain;
import io.visionops.shell.internal.Table;
import io.visionops.shell.internal.VisionOpsCommand;
import io.visionops.shell.internal.json.DatabaseStatsDocument;
import java.io.PrintStream;
import java.time.Instant;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.jspecify.annotations.Nullable;

/** Shows the state of the database. */
@Service
@Parsing(LineParser.class)
@Command(scope = "visionops", name = "db-stats", description = "Shows the state of the database")
public final class DbStats extends VisionOpsCommand<DatabaseStatsDocument> {

    private static final int SHOWN = 5;

    @Override
    protected DatabaseStatsDocument answer(Parts parts) {
        zone(parts);
        DatabaseStatistics statistics = parts.get(Part.JOURNAL_READER).statistics();
        return DatabaseStatsDocument.of(statistics, parts.get(Part.DATABASE_MAINTENANCE).figures());
    }

    @Override
    protected void print(DatabaseStatsDocument database, PrintStream out) {
        Table table = new Table("", "Database", "~");
        table.row("file", database.file());
        table.row("size", Plain.size(database.bytes()));
        table.row("write-ahead log", Plain.size(database.walBytes()));
        table.row(
                "free in the file",
                Plain.size(database.freeBytes())
                        + (database.shrinks() ? "" : "; maintenance --full gives it back"));
        table.row("schema version", database.schemaVersion());
        table.row("waiting to be written", database.queued());
        table.row("commits since start", database.commits());
        table.row(
                "commit, of 100: 50 / 95 / 99",
                database.commitP50Ms()
                        + " / "
                        + database.commitP95Ms()
                        + " / "
                        + database.commitP99Ms()
                        + " ms");
        table.row("refused, queue full", database.rejected());
        if (database.clockTrouble() != null) {
            table.row("removal of old rows", database.clockTrouble());
        }
        table.row("reserve for a full disk", database.reserve() ? "there" : "none");
        table.row("last maintenance", when(database.lastMaintenance()));
        table.row("rows checked", when(database.lastCheck()));
        table.row("structure checked", when(database.lastFullCheck()));
        database.damage().forEach(words -> table.row("damage", words));
        database.rows()
                .forEach((name, rows) -> table.row("rows of " + name, rows + rate(database, name)));
        database.slowest().stream()
                .limit(SHOWN)
                .forEach(
                        slow ->
                                table.row(
                                        "read within "
                                                + slow.longestMs()
                                                + " ms at most, "
                                                + slow.count()
                                                + " times",
                                        slow.sql()));
        table.print(out, width());
    }

    private String when(@Nullable Instant time) {
        return time == null ? "not yet" : time(time);
    }

    private static String rate(DatabaseStatsDocument database, String table) {
        Double rate = database.rowsPerHour().get(table);
        return rate == null ? "" : ", " + rate.longValue() + " an hour";
    }
}
