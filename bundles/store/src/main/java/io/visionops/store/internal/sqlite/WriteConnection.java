package io.visionops.store.internal.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one connection that writes, with its prepared statements. After a failure it is made anew by
 * the next transaction. Confined to the writer thread, but for what says otherwise.
 */
public final class WriteConnection implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WriteConnection.class);

    private final Database database;
    private final Map<String, PreparedStatement> statements = new HashMap<>();
    private final Map<String, LongAdder> rows = new ConcurrentHashMap<>();
    private @Nullable Connection connection;

    public WriteConnection(Database database) {
        this.database = database;
    }

    /** The statement of this text, prepared once; do not close it. */
    public PreparedStatement prepared(String sql) throws SQLException {
        PreparedStatement known = statements.get(sql);
        if (known == null) {
            known = raw().prepareStatement(sql);
            statements.put(sql, known);
        }
        return known;
    }

    public void begin() throws SQLException {
        prepared("BEGIN IMMEDIATE").execute();
    }

    /** Returns when the transaction is on the disk. */
    public void commit() throws SQLException {
        prepared("COMMIT").execute();
    }

    /**
     * Ends the transaction and forgets the statements: one that failed does not run again. Does not
     * fail; what cannot be rolled back is closed.
     */
    public void rollback() {
        forgetStatements();
        if (connection == null) {
            return;
        }
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("ROLLBACK");
        } catch (SQLException failure) {
            // SQLite has ended the transaction by itself after some failures.
            if (!String.valueOf(failure.getMessage()).contains("no transaction is active")) {
                LOG.debug("rollback failed, the connection is closed", failure);
                discard();
            }
        }
    }

    /** Closes the connection: the next transaction opens a new one. */
    public void discard() {
        forgetStatements();
        Connection old = connection;
        connection = null;
        if (old != null) {
            try {
                old.close();
            } catch (SQLException failure) {
                LOG.debug("closing a connection that failed", failure);
            }
        }
    }

    /** Brings the write-ahead log into the database file, then closes. */
    @Override
    public void close() {
        forgetStatements();
        if (connection != null) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
            } catch (SQLException failure) {
                // Nothing is lost: the log is read again at the next opening.
                LOG.warn("the write-ahead log stays: {}", Faults.inWords(failure));
            }
            discard();
        }
    }

    /** What is done with a connection. */
    @FunctionalInterface
    public interface Use<T> {
        T of(Connection connection) throws SQLException;
    }

    /** For who needs the connection as it is. */
    public <T> T with(Use<T> use) throws SQLException {
        return use.of(raw());
    }

    /** Makes the checksum of a row known to SQL, until the connection is made anew. */
    public void offerChecksum() throws SQLException {
        RowChecksum.offerTo(raw());
    }

    /** A row was written, though perhaps not committed: for a rate that is roughly right. */
    public void countRow(String table) {
        rows.computeIfAbsent(table, unused -> new LongAdder()).increment();
    }

    /** How many rows of each table were written; may be asked by any thread. */
    public Map<String, Long> rowsWritten() {
        Map<String, Long> all = new HashMap<>();
        rows.forEach((table, count) -> all.put(table, count.sum()));
        return all;
    }

    public Database database() {
        return database;
    }

    Connection raw() throws SQLException {
        if (connection == null) {
            connection = database.openWriter();
        }
        return connection;
    }

    /** A statement that failed does not run again: the next use prepares it anew. */
    public void forgetStatements() {
        for (PreparedStatement statement : statements.values()) {
            try {
                statement.close();
            } catch (SQLException failure) {
                LOG.debug("closing a statement that failed", failure);
            }
        }
        statements.clear();
    }
}
