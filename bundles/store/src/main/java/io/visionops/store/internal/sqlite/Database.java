package io.visionops.store.internal.sqlite;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteOpenMode;

/**
 * The database file and how its connections are opened. Immutable.
 *
 * <p>One connection writes and also does every checkpoint of the write-ahead log; the others only
 * read. So nobody waits for a lock inside this process.
 */
public final class Database {

    private static final List<String> COMMON =
            List.of(
                    "busy_timeout = 5000",
                    "foreign_keys = ON",
                    "cell_size_check = ON",
                    "trusted_schema = OFF",
                    "temp_store = MEMORY",
                    "mmap_size = 0");

    private static final List<String> WRITER =
            List.of(
                    // NORMAL would lose acknowledged commits on a power cut.
                    "synchronous = FULL",
                    "wal_autocheckpoint = 1000",
                    "journal_size_limit = 67108864",
                    "analysis_limit = 400");

    private static final List<String> READER = List.of("query_only = ON", "wal_autocheckpoint = 0");

    private final Path file;

    public Database(Path file) {
        this.file = file;
    }

    public Path file() {
        return file;
    }

    /** The write-ahead log; absent while nobody has the database open. */
    public Path log() {
        return file.resolveSibling(file.getFileName() + "-wal");
    }

    /** Opens the connection that writes; creates the file. */
    Connection openWriter() throws SQLException {
        Connection connection = open(new SQLiteConfig());
        try (Statement statement = connection.createStatement()) {
            set(statement, COMMON);
            if (Files.notExists(file) || Files.size(file) == 0) {
                // Free pages can be given back; it must be said before the first table.
                statement.execute("PRAGMA auto_vacuum = INCREMENTAL");
            }
            try (ResultSet mode = statement.executeQuery("PRAGMA journal_mode = WAL")) {
                if (!mode.next() || !"wal".equals(mode.getString(1))) {
                    throw new SQLException("the file system cannot hold a write-ahead log");
                }
            }
            set(statement, WRITER);
            return connection;
        } catch (SQLException failure) {
            throw closed(connection, failure);
        } catch (IOException failure) {
            throw closed(connection, new SQLException(failure.getMessage(), failure));
        }
    }

    /** Opens a connection that can only read; does not create the file. */
    public Connection openReader() throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.resetOpenMode(SQLiteOpenMode.CREATE);
        Connection connection = open(config);
        try (Statement statement = connection.createStatement()) {
            set(statement, COMMON);
            set(statement, READER);
            return connection;
        } catch (SQLException failure) {
            throw closed(connection, failure);
        }
    }

    /**
     * Reads the file in its order, so that all of it is in the cache of the system: a check reads
     * here and there, which a cold disk does slowly.
     */
    public void readAhead() throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
    }

    /** Opens a connection that writes nothing but a copy; does not create the file. */
    Connection openForCopy() throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.resetOpenMode(SQLiteOpenMode.CREATE);
        Connection connection = open(config);
        try (Statement statement = connection.createStatement()) {
            set(statement, COMMON);
            set(statement, List.of("wal_autocheckpoint = 0"));
            return connection;
        } catch (SQLException failure) {
            throw closed(connection, failure);
        }
    }

    /** Opens a file that nobody else has open, to read it; does not create it. */
    public Connection openForInspection() throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.resetOpenMode(SQLiteOpenMode.CREATE);
        Connection connection = open(config);
        try (Statement statement = connection.createStatement()) {
            set(statement, COMMON);
            set(statement, List.of("query_only = ON"));
            return connection;
        } catch (SQLException failure) {
            throw closed(connection, failure);
        }
    }

    private Connection open(SQLiteConfig config) throws SQLException {
        // Our rows bring their numbers; otherwise each is asked for the one that it was given.
        config.setGetGeneratedKeys(false);
        return config.createConnection("jdbc:sqlite:" + file.toAbsolutePath());
    }

    private static void set(Statement statement, List<String> pragmas) throws SQLException {
        for (String pragma : pragmas) {
            statement.execute("PRAGMA " + pragma);
        }
    }

    private static SQLException closed(Connection connection, SQLException failure) {
        try {
            connection.close();
        } catch (SQLException second) {
            failure.addSuppressed(second);
        }
        return failure;
    }
}
