package io.visionops.store.internal.replace;

import io.visionops.api.database.DatabaseContents;
import io.visionops.store.internal.sqlite.Database;
import io.visionops.store.internal.sqlite.Faults;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads a database file as a whole, without changing it. */
public final class DatabaseInspection {

    private DatabaseInspection() {}

    /**
     * @throws IOException when it is no database of this program, or is damaged
     */
    public static DatabaseContents of(Path file) throws IOException {
        Database database = new Database(file);
        database.readAhead();
        try (Connection connection = database.openForInspection();
                Statement statement = connection.createStatement()) {
            try (ResultSet check = statement.executeQuery("PRAGMA integrity_check(1)")) {
                String found = check.next() ? check.getString(1) : "no answer";
                if (!"ok".equals(found)) {
                    throw new IOException("the database is damaged: " + line(found));
                }
            }
            Map<String, Long> rows = new TreeMap<>();
            for (String table : tables(statement)) {
                rows.put(table, number(statement, "SELECT count(*) FROM \"" + table + "\""));
            }
            if (!rows.containsKey("schema_version")) {
                throw new IOException("it is not a database of VisionOps");
            }
            long version = number(statement, "SELECT max(version) FROM schema_version");
            return new DatabaseContents((int) version, rows);
        } catch (SQLException e) {
            throw new IOException(Faults.inWords(e), e);
        }
    }

    /** Without those that belong to an index of words or to SQLite. */
    private static List<String> tables(Statement statement) throws SQLException {
        List<String> tables = new ArrayList<>();
        try (ResultSet rows =
                statement.executeQuery(
                        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type ="
                                + " 'table' AND name NOT LIKE 'sqlite%' AND name NOT LIKE '%\"%'")) {
            while (rows.next()) {
                tables.add(rows.getString(1));
            }
        }
        return tables;
    }

    private static long number(Statement statement, String sql) throws SQLException {
        try (ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? rows.getLong(1) : 0;
        }
    }

    private static String line(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }
}
