package io.visionops.store.internal.repair;

import io.visionops.store.internal.sqlite.Faults;
import io.visionops.store.internal.sqlite.RowChecksum;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies what can be read from a damaged database into an empty one of the same form. A row counts
 * when its checksum holds; a table that cannot be read on is read from its other end too.
 */
final class Salvage {

    private static final Logger LOG = LoggerFactory.getLogger(Salvage.class);

    private static final String CHECKSUM = "sha256";

    /** Rows a transaction. */
    private static final int BATCH = 10_000;

    private static final String SEARCHED =
            "INSERT INTO events_text (rowid, camera, label, line, zone, type, detail) SELECT seq,"
                    + " substr(subject, instr(subject, '/') + 1), label, line, zone, type, detail"
                    + " FROM events";

    private final Connection damaged;
    private final Connection fresh;

    /**
     * What came of a table.
     *
     * @param saved rows that were taken over
     * @param refused rows whose checksum does not hold, or whose values the table cannot hold
     * @param whole whether it could be read to its end
     */
    record Table(long saved, long refused, boolean whole) {}

    /**
     * @param damaged is only read
     * @param fresh migrated, without a row
     */
    Salvage(Connection damaged, Connection fresh) {
        this.damaged = damaged;
        this.fresh = fresh;
    }

    /**
     * Copies all tables.
     *
     * @throws SQLException when the new database cannot be written
     */
    Map<String, Table> run() throws SQLException {
        Map<String, Table> tables = new LinkedHashMap<>();
        RowChecksum.offerTo(damaged);
        fresh.setAutoCommit(false);
        for (String table : tables()) {
            tables.put(table, copy(table));
            fresh.commit();
        }
        try (Statement statement = fresh.createStatement()) {
            statement.executeUpdate(SEARCHED);
        }
        fresh.commit();
        fresh.setAutoCommit(true);
        return tables;
    }

    private List<String> tables() throws SQLException {
        try (Statement statement = fresh.createStatement();
                ResultSet names =
                        statement.executeQuery(
                                "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT"
                                        + " LIKE 'events_text%' AND name NOT LIKE 'sqlite_%' AND"
                                        + " name NOT LIKE 'schema_%' ORDER BY name")) {
            List<String> tables = new ArrayList<>();
            while (names.next()) {
                tables.add(names.getString(1));
            }
            return tables;
        }
    }

    private Table copy(String table) throws SQLException {
        long[] counts = new long[2];
        boolean whole = scan(table, "ASC", counts);
        if (!whole) {
            scan(table, "DESC", counts);
        }
        return new Table(counts[0], counts[1], whole);
    }

    /** Returns whether it came to the end. */
    private boolean scan(String table, String order, long[] counts) throws SQLException {
        List<String> columns = columns(table);
        String key = key(table);
        try (Statement statement = damaged.createStatement();
                ResultSet rows =
                        query(
                                statement,
                                "SELECT "
                                        + String.join(", ", columns)
                                        + sound(table, columns)
                                        + " FROM "
                                        + table
                                        + " NOT INDEXED ORDER BY "
                                        + key.replace(",", " " + order + ",")
                                        + " "
                                        + order)) {
            try (PreparedStatement insert =
                    fresh.prepareStatement(
                            "INSERT OR IGNORE INTO "
                                    + table
                                    + " ("
                                    + String.join(", ", columns)
                                    + ") VALUES (?"
                                    + ", ?".repeat(columns.size() - 1)
                                    + ")")) {
                while (next(rows)) {
                    take(columns, rows, insert, counts);
                }
            }
            return true;
        } catch (DamagedException e) {
            LOG.warn("table {} cannot be read on: {}", table, e.getMessage());
            return false;
        }
    }

    /** The damaged side is told apart from the side that is written. */
    private static final class DamagedException extends SQLException {
        private static final long serialVersionUID = 1L;

        DamagedException(SQLException cause) {
            super(cause.getMessage(), cause);
        }
    }

    /** One more column: whether the checksum holds, where there is one. */
    private static String sound(String table, List<String> columns) {
        int last = columns.size() - 1;
        return columns.get(last).equals(CHECKSUM)
                ? ", "
                        + CHECKSUM
                        + " = row_sha256('"
                        + table
                        + "', "
                        + String.join(", ", columns.subList(0, last))
                        + ")"
                : ", 1";
    }

    /** Reads the first row too. */
    private static ResultSet query(Statement statement, String sql) throws DamagedException {
        try {
            return statement.executeQuery(sql);
        } catch (SQLException e) {
            throw new DamagedException(e);
        }
    }

    private static boolean next(ResultSet rows) throws DamagedException {
        try {
            return rows.next();
        } catch (SQLException e) {
            throw new DamagedException(e);
        }
    }

    private void take(List<String> columns, ResultSet rows, PreparedStatement insert, long[] counts)
            throws SQLException {
        Object[] values = new Object[columns.size()];
        boolean sound;
        try {
            for (int i = 0; i < values.length; i++) {
                values[i] = rows.getObject(i + 1);
            }
            sound = rows.getBoolean(values.length + 1);
        } catch (SQLException e) {
            throw new DamagedException(e);
        }
        if (!sound) {
            counts[1]++;
            return;
        }
        for (int i = 0; i < values.length; i++) {
            insert.setObject(i + 1, values[i]);
        }
        try {
            counts[0] += insert.executeUpdate();
        } catch (SQLException e) {
            if (!Faults.isOfTheEntry(e)) {
                throw e;
            }
            // Where there is no checksum, a value may have become one of another type.
            LOG.debug("a row is left out", e);
            counts[1]++;
            return;
        }
        if (counts[0] % BATCH == 0) {
            fresh.commit();
        }
    }

    private List<String> columns(String table) throws SQLException {
        return names("SELECT name FROM pragma_table_info('" + table + "') ORDER BY cid");
    }

    /** Of the primary key, in its order: so each table is walked by its own tree. */
    private String key(String table) throws SQLException {
        List<String> key =
                names(
                        "SELECT name FROM pragma_table_info('"
                                + table
                                + "') WHERE pk > 0 ORDER BY pk");
        return key.isEmpty() ? "rowid" : String.join(", ", key);
    }

    private List<String> names(String query) throws SQLException {
        List<String> names = new ArrayList<>();
        try (Statement statement = fresh.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }
        return names;
    }
}
