package io.visionops.store.internal.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What SQLite says of the connections that are open, not what it was told. */
class PragmasTest {

    private static final Map<String, String> ALL =
            Map.of(
                    "journal_mode", "wal",
                    "busy_timeout", "5000",
                    "foreign_keys", "1",
                    "cell_size_check", "1",
                    "trusted_schema", "0",
                    "temp_store", "2",
                    "mmap_size", "0");

    @TempDir Path folder;

    private static Map<String, String> said(Connection connection, List<String> pragmas)
            throws SQLException {
        Map<String, String> said = new TreeMap<>();
        try (Statement statement = connection.createStatement()) {
            for (String pragma : pragmas) {
                try (ResultSet row = statement.executeQuery("PRAGMA " + pragma)) {
                    said.put(pragma, row.next() ? row.getString(1) : "nothing");
                }
            }
        }
        return said;
    }

    @Test
    void theWriterLosesNothingOnAPowerCutAndKeepsItsLogSmall() throws SQLException {
        Database database = new Database(folder.resolve("visionops.db"));
        try (Connection writer = database.openWriter()) {
            assertThat(said(writer, List.copyOf(ALL.keySet()))).isEqualTo(new TreeMap<>(ALL));
            assertThat(
                            said(
                                    writer,
                                    List.of(
                                            "synchronous",
                                            "wal_autocheckpoint",
                                            "journal_size_limit",
                                            "auto_vacuum",
                                            "query_only")))
                    .containsEntry("synchronous", "2")
                    .containsEntry("wal_autocheckpoint", "1000")
                    .containsEntry("journal_size_limit", "67108864")
                    .containsEntry("auto_vacuum", "2")
                    .containsEntry("query_only", "0");
        }
    }

    @Test
    void whoReadsCannotWriteAndBringsNoLogIntoTheFile() throws SQLException {
        Database database = new Database(folder.resolve("visionops.db"));
        try (Connection writer = database.openWriter();
                Connection reader = database.openReader();
                Connection copier = database.openForCopy()) {
            said(writer, List.of("journal_mode"));
            for (Connection one : List.of(reader, copier)) {
                assertThat(said(one, List.copyOf(ALL.keySet()))).isEqualTo(new TreeMap<>(ALL));
                assertThat(said(one, List.of("wal_autocheckpoint")))
                        .containsEntry("wal_autocheckpoint", "0");
            }
            assertThat(said(reader, List.of("query_only"))).containsEntry("query_only", "1");
        }
    }
}
