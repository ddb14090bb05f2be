package io.visionops.store.internal.integrity;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * A table whose rows carry a checksum, as its last column.
 *
 * @param key columns of the primary key, in its order: the one in which the table lies on the disk
 * @param columns that the checksum covers
 */
record CheckedTable(String name, List<String> key, List<String> columns) {

    private static final String CHECKSUM = "sha256";

    /** All there are, by name. */
    static List<CheckedTable> of(Connection connection) throws SQLException {
        List<CheckedTable> tables = new ArrayList<>();
        for (String name :
                strings(
                        connection,
                        "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE"
                                + " 'CREATE VIRTUAL%' ORDER BY name")) {
            String info = "SELECT name FROM pragma_table_info('" + name + "')";
            List<String> columns = strings(connection, info + " ORDER BY cid");
            List<String> key = strings(connection, info + " WHERE pk > 0 ORDER BY pk");
            int last = columns.size() - 1;
            if (!key.isEmpty() && columns.get(last).equals(CHECKSUM)) {
                tables.add(new CheckedTable(name, key, List.copyOf(columns.subList(0, last))));
            }
        }
        return tables;
    }

    /** The key of each row and whether its checksum holds, from the first row on. */
    String fromStart() {
        return select() + order();
    }

    /** Likewise, after the row whose key is given. */
    String after() {
        return select()
                + " WHERE ("
                + String.join(", ", key)
                + ") > (?"
                + ", ?".repeat(key.size() - 1)
                + ")"
                + order();
    }

    private String select() {
        return "SELECT "
                + String.join(", ", key)
                + ", "
                + CHECKSUM
                + " IS row_sha256('"
                + name
                + "', "
                + String.join(", ", columns)
                + ") FROM "
                + name;
    }

    private String order() {
        return " ORDER BY " + String.join(", ", key) + " LIMIT ?";
    }

    private static List<String> strings(Connection connection, String query) throws SQLException {
        List<String> strings = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                strings.add(rows.getString(1));
            }
        }
        return strings;
    }
}
