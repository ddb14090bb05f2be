package io.visionops.store.internal.sqlite;

import io.visionops.api.database.DatabaseCopies;
import io.visionops.support.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * Copies by {@code VACUUM INTO} on a connection of its own: it reads one state of the database
 * while others write. The backup interface in small steps never ends beside a writer.
 */
public final class DatabaseCopier implements DatabaseCopies {

    private final Database database;

    public DatabaseCopier(Database database) {
        this.database = database;
    }

    @Override
    public void copyTo(Path target) throws IOException {
        Path part = target.resolveSibling(target.getFileName() + ".part");
        try {
            Files.deleteIfExists(part);
            try (Connection connection = database.openForCopy();
                    PreparedStatement copy = connection.prepareStatement("VACUUM INTO ?")) {
                copy.setString(1, part.toAbsolutePath().toString());
                copy.execute();
            }
            WholeFile.put(part, target);
        } catch (SQLException e) {
            throw new IOException("the database cannot be copied: " + e.getMessage(), e);
        } finally {
            Files.deleteIfExists(part);
        }
    }
}
