package io.visionops.store.internal.replace;

import static java.util.stream.Collectors.joining;

import io.visionops.store.internal.sqlite.RowDigest;
import io.visionops.store.internal.sqlite.WriteConnection;
import io.visionops.store.internal.write.BalanceRows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Rows of a former database that the present one does not have, in one transaction. Only rows whose
 * checksum is right. What is summed by minute and day becomes the larger of both, since a sum only
 * grows; stretches of time come where the present database has none.
 */
final class RowMerge {

    /** Rows are never changed; key by which they are known. */
    private static final Map<String, String> FACTS =
            Map.of(
                    "snapshots", "event",
                    "tracks", "seq",
                    "camera_states", "seq",
                    "checkpoints", "seq",
                    "records", "seq");

    private final WriteConnection connection;
    private final Map<String, Long> taken = new TreeMap<>();

    RowMerge(WriteConnection connection) {
        this.connection = connection;
    }

    /** Returns how many rows of each table were taken over. */
    Map<String, Long> run(Path former) throws SQLException, IOException {
        if (!Files.exists(former)) {
            throw new IOException("it is not there any more");
        }
        try (PreparedStatement attach = connection.prepared("ATTACH DATABASE ? AS former")) {
            attach.setString(1, former.toAbsolutePath().toString());
            attach.execute();
        }
        connection.forgetStatements();
        try {
            connection.offerChecksum();
            connection.begin();
            try {
                requireSameSchema();
                merge();
                connection.commit();
            } catch (SQLException | IOException | RuntimeException e) {
                connection.rollback();
                throw e;
            }
        } finally {
            connection.forgetStatements();
            execute("DETACH DATABASE former");
            connection.forgetStatements();
        }
        return taken;
    }

    private void requireSameSchema() throws SQLException, IOException {
        String scripts = "SELECT version, sha256 FROM %s.schema_version";
        long other =
                number(
                        "SELECT count(*) FROM ("
                                + scripts.formatted("former")
                                + " EXCEPT "
                                + scripts.formatted("main")
                                + ")");
        long missing =
                number(
                        "SELECT count(*) FROM ("
                                + scripts.formatted("main")
                                + " EXCEPT "
                                + scripts.formatted("former")
                                + ")");
        if (other + missing > 0) {
            throw new IOException("its tables have another form");
        }
    }

    private void merge() throws SQLException {
        events();
        for (Map.Entry<String, String> table : FACTS.entrySet()) {
            insert(table.getKey(), absent(table.getKey(), table.getValue()));
        }
        insert("metrics_history", absent("metrics_history", "camera", "metric", "hour"));
        taken(
                "entries_seen",
                "INSERT OR IGNORE INTO main.entries_seen SELECT * FROM former.entries_seen o WHERE"
                        + " NOT EXISTS (SELECT 1 FROM main.entries_seen m WHERE m.id = o.id)");
        sums(SummedTable.COUNTS);
        sums(SummedTable.OCCUPANCY);
        periods("counters", List.of("camera", "kind", "name", "label", "since"));
        periods("expected", List.of("camera", "since"));
        accounts();
    }

    private void events() throws SQLException {
        execute("CREATE TEMP TABLE merged_events (seq INTEGER PRIMARY KEY)");
        execute(
                "INSERT INTO temp.merged_events SELECT seq FROM former.events o WHERE NOT EXISTS"
                        + " (SELECT 1 FROM main.events m WHERE m.seq = o.seq OR m.id = o.id) AND "
                        + intact("events"));
        insert("events", "seq IN (SELECT seq FROM temp.merged_events)");
        // As the writer does: the text of an event is its subject's name, not only a camera.
        execute(
                "INSERT INTO main.events_text (rowid, camera, label, line, zone, type, detail)"
                        + " SELECT seq, substr(subject, instr(subject, '/') + 1), label, line, zone,"
                        + " type, detail FROM main.events WHERE seq IN (SELECT seq FROM"
                        + " temp.merged_events)");
        execute("DROP TABLE temp.merged_events");
    }

    private void sums(SummedTable table) throws SQLException {
        execute(table.grown(intact(table.name())));
        taken(table.name(), table.minutes());
        execute(table.days());
        execute("DROP TABLE temp." + SummedTable.GROWN);
    }

    /** Periods that the former database has more, or knows the end of. */
    private void periods(String table, List<String> key) throws SQLException {
        String same = key.stream().map(one -> "m." + one + " = o." + one).collect(joining(" AND "));
        taken(
                table,
                ("INSERT OR REPLACE INTO main.%1$s SELECT * FROM former.%1$s o WHERE NOT EXISTS"
                                + " (SELECT 1 FROM main.%1$s m WHERE %2$s AND (m.until IS o.until OR o.until"
                                + " IS NULL)) AND %3$s")
                        .formatted(table, same, intact(table)));
    }

    /** Stretches after the last one that is known, and that one where it has grown. */
    private void accounts() throws SQLException {
        execute(
                "CREATE TEMP TABLE merged_accounts AS SELECT o.* FROM former.accounts o LEFT JOIN"
                        + " (SELECT camera, side, max(since) AS since, max(until) AS until FROM"
                        + " main.accounts GROUP BY camera, side) l USING (camera, side) WHERE (l.until"
                        + " IS NULL OR o.since >= l.until OR (o.since = l.since AND o.until > l.until))"
                        + " AND "
                        + intact("accounts"));
        taken(
                "accounts",
                "INSERT OR REPLACE INTO main.accounts SELECT * FROM temp.merged_accounts");
        BalanceRows balances = new BalanceRows(connection, new RowDigest());
        try (PreparedStatement select =
                        connection.prepared(
                                "SELECT camera, since, until FROM temp.merged_accounts");
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                balances.changed(rows.getString(1), rows.getLong(2), rows.getLong(3));
            }
        }
        connection.forgetStatements();
        balances.flush();
        execute("DROP TABLE temp.merged_accounts");
    }

    private String absent(String table, String... key) throws SQLException {
        String same =
                List.of(key).stream()
                        .map(one -> "m." + one + " = o." + one)
                        .collect(joining(" AND "));
        return "NOT EXISTS (SELECT 1 FROM main."
                + table
                + " m WHERE "
                + same
                + ") AND "
                + intact(table);
    }

    private void insert(String table, String where) throws SQLException {
        taken(
                table,
                "INSERT OR IGNORE INTO main.%1$s SELECT * FROM former.%1$s o WHERE %2$s"
                        .formatted(table, where));
    }

    /** A row whose checksum is right. */
    private String intact(String table) throws SQLException {
        List<String> columns = new ArrayList<>();
        try (PreparedStatement select =
                        connection.prepared(
                                "SELECT name FROM pragma_table_info('"
                                        + table
                                        + "') WHERE name <> 'sha256' ORDER BY cid");
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                columns.add(rows.getString(1));
            }
        }
        connection.forgetStatements();
        return "o.sha256 = row_sha256('"
                + table
                + "', "
                + SummedTable.qualified("o", columns)
                + ")";
    }

    private void taken(String table, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepared(sql)) {
            long rows = statement.executeUpdate();
            if (rows > 0) {
                taken.put(table, rows);
            }
        }
        connection.forgetStatements();
    }

    private void execute(String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepared(sql)) {
            statement.execute();
        }
        connection.forgetStatements();
    }

    private long number(String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepared(sql);
                ResultSet rows = statement.executeQuery()) {
            return rows.next() ? rows.getLong(1) : 0;
        } finally {
            connection.forgetStatements();
        }
    }
}
