package io.visionops.store.internal.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.visionops.store.internal.TestStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseCopierTest {

    @TempDir Path folder;

    @Test
    void aCopyIsWholeWhileTheDatabaseIsWritten() throws Exception {
        Path copy = folder.resolve("copy.db");
        try (TestStore store = new TestStore(folder)) {
            store.copies().copyTo(copy);
        }

        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + copy);
                ResultSet check =
                        connection.createStatement().executeQuery("PRAGMA integrity_check")) {
            check.next();
            assertThat(check.getString(1)).isEqualTo("ok");
        }
        assertThat(versions(copy)).isEqualTo(versions(folder.resolve("visionops.db")));
    }

    @Test
    void nothingIsLeftOfACopyThatFails() throws Exception {
        Path absent = folder.resolve("absent/copy.db");
        try (TestStore store = new TestStore(folder)) {
            assertThatThrownBy(() -> store.copies().copyTo(absent))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("cannot be copied");
        }

        assertThat(Files.exists(absent.getParent())).isFalse();
    }

    private static long versions(Path file) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                ResultSet rows =
                        connection
                                .createStatement()
                                .executeQuery("SELECT count(*) FROM schema_version")) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
