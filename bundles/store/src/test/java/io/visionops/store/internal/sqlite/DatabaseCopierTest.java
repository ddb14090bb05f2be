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
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseCopierTest {

    private static final int PAGE = 4096;

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
    void pagesOfACopyStayInTheirPlaces() throws Exception {
        Path file = folder.resolve("pages.db");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode = WAL");
            statement.execute("CREATE TABLE one (id INTEGER PRIMARY KEY, camera TEXT, words TEXT)");
            statement.execute("CREATE INDEX by_camera ON one (camera, id)");
            statement.execute("CREATE TABLE two (id INTEGER PRIMARY KEY, words TEXT)");
            insert(statement, 20_000);
            byte[] before = copy(file, "before.db");
            insert(statement, 20);
            byte[] after = copy(file, "after.db");

            int changed = 0;
            for (int page = 0; page < before.length; page += PAGE) {
                boolean same = Arrays.equals(before, page, page + PAGE, after, page, page + PAGE);
                changed += same ? 0 : 1;
            }
            assertThat(before.length / PAGE).isGreaterThan(300);
            assertThat(changed).isLessThan(30);
        }
    }

    private byte[] copy(Path file, String name) throws IOException {
        Path copy = folder.resolve(name);
        new DatabaseCopier(new Database(file)).copyTo(copy);
        assertThat(folder.resolve(name + "-wal")).doesNotExist();
        return Files.readAllBytes(copy);
    }

    private static void insert(Statement statement, int rows) throws SQLException {
        for (String table :
                List.of(
                        "one (camera, words) SELECT 'camera' || (value % 8),",
                        "two (words) SELECT")) {
            statement.execute(
                    "WITH RECURSIVE series(value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM"
                            + " series LIMIT "
                            + rows
                            + ") INSERT INTO "
                            + table
                            + " hex(randomblob(20)) FROM series");
        }
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
