package io.visionops.store.internal.write;

import io.visionops.store.internal.sqlite.RowDigest;
import io.visionops.store.internal.sqlite.WriteConnection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import org.jspecify.annotations.Nullable;

/**
 * Writes a row with its checksum: the columns are given in the order of the table, the checksum is
 * its last. Confined to the writer thread.
 */
final class Row {

    private final WriteConnection connection;
    private final String table;
    private final String sql;
    private final RowDigest digest;
    private @Nullable PreparedStatement statement;
    private int column;

    /**
     * @param columns of the table, the checksum included
     * @param conflict what to do when the row exists: "INSERT", "INSERT OR REPLACE", ...
     */
    Row(WriteConnection connection, RowDigest digest, String conflict, String table, int columns) {
        this(
                connection,
                digest,
                table,
                conflict + " INTO " + table + " VALUES (?" + ", ?".repeat(columns - 1) + ")");
    }

    Row(WriteConnection connection, RowDigest digest, String table, String sql) {
        this.connection = connection;
        this.digest = digest;
        this.table = table;
        this.sql = sql;
    }

    Row start() throws SQLException {
        statement = connection.prepared(sql);
        column = 0;
        digest.start(table);
        return this;
    }

    Row integer(long value) throws SQLException {
        digest.integer(value);
        statement().setLong(++column, value);
        return this;
    }

    Row real(double value) throws SQLException {
        digest.real(value);
        statement().setDouble(++column, value);
        return this;
    }

    Row text(@Nullable String value) throws SQLException {
        digest.text(value);
        statement().setString(++column, value);
        return this;
    }

    Row blob(byte[] value) throws SQLException {
        digest.blob(value);
        statement().setBytes(++column, value);
        return this;
    }

    Row none() throws SQLException {
        digest.none();
        statement().setNull(++column, Types.NULL);
        return this;
    }

    /** Whether the row was new. */
    boolean write() throws SQLException {
        statement().setBytes(++column, digest.finish());
        connection.countRow(table);
        return statement().executeUpdate() > 0;
    }

    private PreparedStatement statement() {
        if (statement == null) {
            throw new IllegalStateException("start() comes first");
        }
        return statement;
    }
}
