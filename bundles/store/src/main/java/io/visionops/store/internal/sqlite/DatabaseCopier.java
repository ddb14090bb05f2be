package io.visionops.store.internal.sqlite;

import io.visionops.api.database.DatabaseCopies;
import io.visionops.support.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteErrorCode;

/**
 * Copies by SQLite's backup interface, on a connection of its own and in one step: it reads one
 * state of the database while others write, and each page stays in its place. In small steps it
 * would never end beside a writer; {@code VACUUM INTO} moves most pages, and an increment would
 * hold them all (ADR 91).
 */
public final class DatabaseCopier implements DatabaseCopies {

    /** All pages in one step. */
    private static final int ALL = -1;

    /** While the writer empties its log: 120 times. */
    private static final int WAIT_MILLIS = 250;

    private static final int WAITS = 120;

    private final Database database;

    public DatabaseCopier(Database database) {
        this.database = database;
    }

    @Override
    public void copyTo(Path target) throws IOException {
        Path part = target.resolveSibling(target.getFileName() + ".part");
        try {
            Files.deleteIfExists(part);
            try (Connection connection = database.openForCopy()) {
                copy(connection, part.toAbsolutePath());
            }
            // The copy needs no log beside it.
            try (Connection copied = new Database(part).openForCopy();
                    Statement statement = copied.createStatement()) {
                statement.execute("PRAGMA journal_mode = DELETE");
            }
            WholeFile.put(part, target);
        } catch (SQLException e) {
            throw new IOException("the database cannot be copied: " + e.getMessage(), e);
        } finally {
            for (String ending : List.of("", "-wal", "-shm", "-journal")) {
                Files.deleteIfExists(part.resolveSibling(part.getFileName() + ending));
            }
        }
    }

    @Override
    public long length() throws IOException {
        return Files.size(database.file());
    }

    private static void copy(Connection connection, Path target) throws SQLException {
        int result =
                connection
                        .unwrap(SQLiteConnection.class)
                        .getDatabase()
                        .backup("main", target.toString(), null, WAIT_MILLIS, WAITS, ALL);
        if (result != SQLiteErrorCode.SQLITE_OK.code) {
            throw new SQLException(SQLiteErrorCode.getErrorCode(result).toString());
        }
    }
}
