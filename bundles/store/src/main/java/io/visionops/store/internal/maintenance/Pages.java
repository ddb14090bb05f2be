package io.visionops.store.internal.maintenance;

import io.visionops.store.internal.sqlite.WriteConnection;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The pages of a database file.
 *
 * @param size bytes of one
 * @param free of them that hold nothing
 * @param canShrink whether free ones can be given back without writing the file anew
 */
record Pages(int size, long count, long free, boolean canShrink) {

    private static final int INCREMENTAL = 2;

    static Pages of(WriteConnection connection) throws SQLException {
        return connection.with(Pages::of);
    }

    static Pages of(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return new Pages(
                    (int) number(statement, "page_size"),
                    number(statement, "page_count"),
                    number(statement, "freelist_count"),
                    number(statement, "auto_vacuum") == INCREMENTAL);
        }
    }

    private static long number(Statement statement, String pragma) throws SQLException {
        try (ResultSet row = statement.executeQuery("PRAGMA " + pragma)) {
            return row.next() ? row.getLong(1) : 0;
        }
    }
}
