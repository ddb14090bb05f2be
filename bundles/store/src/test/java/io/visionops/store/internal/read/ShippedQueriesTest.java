package io.visionops.store.internal.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.store.internal.TestStore;
import io.visionops.store.internal.sqlite.Database;
import io.visionops.store.internal.sqlite.RowChecksum;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every statement that is shipped, taken from the compiled classes: none walks a table that grows,
 * but for those that are named here with their reason.
 */
class ShippedQueriesTest {

    private static final Pattern STATEMENT =
            Pattern.compile("(?s)(SELECT|INSERT|UPDATE|DELETE|WITH|REPLACE)\\b.*");

    /** In the place of what is put in when the program runs. */
    private static final String HOLE = "\u0001";

    /** Read every row of a database on purpose, or only while it is opened or replaced. */
    private static final Map<String, String> CLASSES =
            Map.of(
                    "Salvage", "reads all that is left of a damaged database",
                    "DatabaseRepair", "looks at the list of tables",
                    "DatabaseInspection", "counts the rows of a backup",
                    "RowMerge", "compares two databases after a restore",
                    "SummedTable", "does so for it",
                    "Migrations", "reads the list of scripts",
                    "Schema", "reads the list of tables",
                    "CheckedTable", "walks all tables, a thousand rows a time");

    /** Statements with holes that are filled elsewhere, or are beginnings of others. */
    private static final Map<String, List<String>> FILLED =
            Map.of(
                    "SELECT max(seq) FROM \u0001",
                    filled("SELECT max(seq) FROM %s", "events", "records", "tracks"),
                    "SELECT max(seq) FROM \u0001 WHERE seq >= ? AND seq < ?",
                    filled(
                            "SELECT max(seq) FROM %s WHERE seq >= ? AND seq < ?",
                            "events", "records", "tracks", "camera_states"),
                    "SELECT count FROM \u0001 WHERE camera = ? AND line = ? AND label = ? AND"
                            + " direction = ? AND \u0001 = ?",
                    List.of(
                            "SELECT count FROM counts WHERE camera = ? AND line = ? AND label = ?"
                                    + " AND direction = ? AND minute = ?",
                            "SELECT count FROM counts_by_day WHERE camera = ? AND line = ? AND"
                                    + " label = ? AND direction = ? AND day = ?"),
                    "SELECT object_ms, watched_ms, most FROM \u0001 WHERE camera = ? AND zone = ?"
                            + " AND label = ? AND \u0001 = ?",
                    List.of(
                            "SELECT object_ms, watched_ms, most FROM occupancy WHERE camera = ?"
                                    + " AND zone = ? AND label = ? AND minute = ?",
                            "SELECT object_ms, watched_ms, most FROM occupancy_by_day WHERE camera"
                                    + " = ? AND zone = ? AND label = ? AND day = ?"),
                    "INSERT INTO events VALUES (?\u0001) ON CONFLICT (id) DO NOTHING",
                    List.of(
                            "INSERT INTO events VALUES (?"
                                    + ", ?".repeat(18)
                                    + ") ON CONFLICT (id) DO NOTHING"));

    /** That walk a table, and why they may. */
    private static final Map<String, String> ALLOWED =
            Map.of(
                    "SELECT count(*) FROM \u0001",
                    "db-stats; ends after five seconds, and what is too large is left out",
                    "SELECT max(version) FROM schema_version",
                    "a row a script",
                    "SELECT seq, owner, version, time, document, sha256 FROM checkpoints ORDER BY"
                            + " seq DESC",
                    "ten rows an owner",
                    "SELECT seq, owner, version, time, document, sha256 FROM checkpoints",
                    "ten rows an owner",
                    "SELECT camera, name, label, since, until FROM counters WHERE kind = ?",
                    "a row for each change of what is counted",
                    "SELECT freelist_count * page_size FROM pragma_freelist_count(),"
                            + " pragma_page_size()",
                    "two figures");

    /** Built while the program runs: {@link QueryPlanTest} has each of their forms. */
    private static final Set<String> BUILT = Set.of("EventReader", "RecordReader");

    @TempDir Path folder;

    private static List<String> filled(String statement, String... tables) {
        return Stream.of(tables).map(statement::formatted).toList();
    }

    @Test
    void noStatementWalksATableThatGrows() throws Exception {
        Set<String> walks = new TreeSet<>();
        Set<String> seen = new TreeSet<>();
        int explained = 0;
        try (TestStore store = new TestStore(folder)) {
            store.reader();
            try (Connection connection = store.open()) {
                RowChecksum.offerTo(connection);
                for (Map.Entry<String, Set<String>> one : shipped().entrySet()) {
                    if (CLASSES.containsKey(one.getKey()) || BUILT.contains(one.getKey())) {
                        continue;
                    }
                    for (String text : one.getValue()) {
                        seen.add(text);
                        if (ALLOWED.containsKey(text)) {
                            continue;
                        }
                        for (String sql : FILLED.getOrDefault(text, List.of(text))) {
                            explained++;
                            if (walks(connection, one.getKey() + ": " + sql, sql)) {
                                walks.add(one.getKey() + ": " + sql);
                            }
                        }
                    }
                }
            }
        }
        assertThat(walks).isEmpty();
        assertThat(explained).isGreaterThan(50);
        // What is not shipped any more needs no exception.
        assertThat(seen).containsAll(ALLOWED.keySet()).containsAll(FILLED.keySet());
    }

    private static boolean walks(Connection connection, String where, String sql)
            throws SQLException {
        assertThat(sql).as("%s: name what it is filled with", where).doesNotContain(HOLE, "%");
        try (PreparedStatement statement =
                        connection.prepareStatement("EXPLAIN QUERY PLAN " + sql);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                String step = row.getString(4);
                if (step.startsWith("SCAN")
                        && !step.contains("VIRTUAL TABLE")
                        && !step.contains("CONSTANT ROW")
                        && !step.startsWith("SCAN (")) {
                    return true;
                }
            }
            return false;
        } catch (SQLException e) {
            throw new SQLException(where + ": " + e.getMessage(), e);
        }
    }

    /** By the simple name of their class. */
    private static Map<String, Set<String>> shipped() throws IOException, URISyntaxException {
        Path classes =
                Path.of(Database.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        Map<String, Set<String>> all = new TreeMap<>();
        try (Stream<Path> files = Files.walk(classes.resolve("io/visionops/store"))) {
            for (Path file : files.filter(one -> one.toString().endsWith(".class")).toList()) {
                String name = file.getFileName().toString().replaceAll("[$.].*", "");
                for (String text : strings(file)) {
                    // A word alone is one that a Row puts before the name of its table.
                    if (STATEMENT.matcher(text).matches()
                            && (text.contains(" FROM ") || text.contains(" INTO "))) {
                        all.computeIfAbsent(name, unused -> new TreeSet<>()).add(text);
                    }
                }
            }
        }
        return all;
    }

    /** The constants of a class file. */
    private static List<String> strings(Path file) throws IOException {
        try (DataInputStream in =
                new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            in.skipNBytes(8);
            String[] texts = new String[in.readUnsignedShort()];
            List<Integer> constants = new ArrayList<>();
            for (int i = 1; i < texts.length; i++) {
                int tag = in.readUnsignedByte();
                switch (tag) {
                    case 1 -> texts[i] = in.readUTF();
                    case 8 -> constants.add(in.readUnsignedShort());
                    case 7, 16, 19, 20 -> in.skipNBytes(2);
                    case 15 -> in.skipNBytes(3);
                    case 5, 6 -> {
                        in.skipNBytes(8);
                        i++;
                    }
                    default -> in.skipNBytes(4);
                }
            }
            return constants.stream().map(index -> texts[index]).toList();
        }
    }
}
