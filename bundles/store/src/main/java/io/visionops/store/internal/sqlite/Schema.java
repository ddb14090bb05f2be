package io.visionops.store.internal.sqlite;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The tables and indexes of a database as SQLite keeps them, in words. No check of SQLite's
 * compares these with anything: a column that has another name there is one that nobody reads.
 */
public final class Schema {

    private static final String ALL =
            "SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND substr(name, 1, 7) NOT"
                    + " IN ('sqlite_', 'schema_')";

    private Schema() {}

    /** Names of what is not there as the scripts of this program make it. */
    public static List<String> damaged(Connection connection) throws SQLException {
        Map<String, String> present = of(connection);
        return shipped().entrySet().stream()
                .filter(one -> !one.getValue().equals(present.get(one.getKey())))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static Map<String, String> shipped() throws SQLException {
        try (Connection memory = DriverManager.getConnection("jdbc:sqlite::memory:");
                Statement statement = memory.createStatement()) {
            RowChecksum.offerTo(memory);
            for (Migrations.Script script : Migrations.shipped()) {
                statement.executeUpdate(script.sql());
            }
            return of(memory);
        }
    }

    private static Map<String, String> of(Connection connection) throws SQLException {
        Map<String, String> all = new TreeMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(ALL)) {
            while (rows.next()) {
                // Versions of SQLite quote the name of a table that was renamed, or do not.
                all.put(rows.getString(1), rows.getString(2).replaceAll("[\\s\"]+", ""));
            }
        }
        return all;
    }
}
