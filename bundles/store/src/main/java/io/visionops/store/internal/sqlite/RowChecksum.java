package io.visionops.store.internal.sqlite;

import java.sql.Connection;
import java.sql.SQLException;
import org.sqlite.Function;

/**
 * The checksum of a row as a function of SQL, for migrations: {@code row_sha256(table, column...)}.
 */
public final class RowChecksum extends Function {

    private static final String NAME = "row_sha256";

    private static final int INTEGER = 1;
    private static final int REAL = 2;
    private static final int TEXT = 3;
    private static final int BLOB = 4;

    private final RowDigest digest = new RowDigest();

    /** Makes it known to a connection. */
    public static void offerTo(Connection connection) throws SQLException {
        Function.create(connection, NAME, new RowChecksum());
    }

    @Override
    protected void xFunc() throws SQLException {
        digest.start(value_text(0));
        for (int i = 1; i < args(); i++) {
            switch (value_type(i)) {
                case INTEGER -> digest.integer(value_long(i));
                case REAL -> digest.real(value_double(i));
                case TEXT -> digest.text(value_text(i));
                case BLOB -> digest.blob(value_blob(i));
                default -> digest.none();
            }
        }
        result(digest.finish());
    }
}
