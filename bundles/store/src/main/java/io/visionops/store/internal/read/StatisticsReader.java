package io.visionops.store.internal.read;

import io.visionops.store.internal.sqlite.Reader;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How much lies in which table. */
final class StatisticsReader {

    /** The largest last. */
    private static final List<String> TABLES =
            List.of(
                    "schema_version",
                    "counters",
                    "expected",
                    "camera_states",
                    "metrics_history",
                    "checkpoints",
                    "snapshots",
                    "records",
                    "events",
                    "counts",
                    "accounts",
                    "occupancy",
                    "counts_by_day",
                    "accounts_by_day",
                    "occupancy_by_day",
                    "entries_seen",
                    "tracks");

    /** What one look at the database yields. */
    record Content(int schemaVersion, Map<String, Long> rows) {}

    Content read(Reader reader) throws SQLException {
        Map<String, Long> rows = new LinkedHashMap<>();
        int version = (int) number(reader, "SELECT max(version) FROM schema_version");
        try {
            for (String table : TABLES) {
                rows.put(table, number(reader, "SELECT count(*) FROM " + table));
            }
        } catch (SQLException failure) {
            if (!reader.isOverdue()) {
                throw failure;
            }
            // A table that is too large to be counted in time is left out.
        }
        return new Content(version, rows);
    }

    private static long number(Reader reader, String sql) throws SQLException {
        try (ResultSet row = reader.prepared(sql).executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }
}
