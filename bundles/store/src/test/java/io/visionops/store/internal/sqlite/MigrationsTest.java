package io.visionops.store.internal.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.visionops.store.internal.sqlite.Migrations.Script;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MigrationsTest {

    private static final Script FIRST =
            new Script(1, "first", "CREATE TABLE a (x INTEGER); INSERT INTO a VALUES (1);", "");
    private static final Script SECOND = new Script(2, "second", "CREATE TABLE b (x INTEGER)", "");
    private static final Script BROKEN =
            new Script(2, "broken", "CREATE TABLE b (x INTEGER); CREATE TABLE a (x INTEGER)", "");

    @TempDir Path folder;
    private WriteConnection connection;

    @BeforeEach
    void open() {
        connection = new WriteConnection(new Database(folder.resolve("test.db")));
    }

    @AfterEach
    void close() {
        connection.close();
    }

    @Test
    void anOlderProgramGoesBackTheWayThatANewerOneHasLeft() throws Exception {
        Script second =
                new Script(
                        2,
                        "second",
                        "CREATE TABLE b (x INTEGER); ALTER TABLE a ADD COLUMN y INTEGER",
                        "DROP TABLE b; ALTER TABLE a DROP COLUMN y");
        Script third = new Script(3, "third", "CREATE TABLE c (x INTEGER)", "DROP TABLE c");
        migrate(FIRST, second, third);

        migrate(FIRST);

        assertThat(number("SELECT max(version) FROM schema_version")).isEqualTo(1);
        assertThat(number("SELECT count(*) FROM schema_undo")).isZero();
        assertThat(number("SELECT count(*) FROM a")).isEqualTo(1);
        migrate(FIRST, second, third);
        assertThat(number("SELECT max(version) FROM schema_version")).isEqualTo(3);
    }

    @Test
    void aWayBackThatFailsLeavesTheDatabaseAsItIs() throws Exception {
        Script second =
                new Script(2, "second", "CREATE TABLE b (x INTEGER)", "DROP TABLE b; DROP TABLE q");
        migrate(FIRST, second);

        assertThatThrownBy(() -> migrate(FIRST)).isInstanceOf(SQLException.class);

        assertThat(number("SELECT max(version) FROM schema_version")).isEqualTo(2);
        assertThat(number("SELECT count(*) FROM b")).isZero();
    }

    @Test
    void eachScriptIsAppliedOnce() throws SQLException, RefusedException {
        migrate(FIRST);
        migrate(FIRST, SECOND);
        migrate(FIRST, SECOND);

        assertThat(number("SELECT count(*) FROM a")).isEqualTo(1);
        assertThat(number("SELECT count(*) FROM schema_version")).isEqualTo(2);
        assertThat(number("SELECT max(version) FROM schema_version")).isEqualTo(2);
        assertThat(number("SELECT min(applied_at) FROM schema_version")).isEqualTo(1234);
    }

    @Test
    void aScriptThatFailsChangesNothingAndTheNextVersionOfTheProgramGoesOn()
            throws SQLException, RefusedException {
        migrate(FIRST);

        assertThatThrownBy(() -> migrate(FIRST, BROKEN)).isInstanceOf(SQLException.class);

        assertThat(number("SELECT count(*) FROM sqlite_schema WHERE name = 'b'")).isZero();
        assertThat(number("SELECT count(*) FROM schema_version")).isEqualTo(1);
        migrate(FIRST, SECOND);
        assertThat(number("SELECT count(*) FROM b")).isZero();
    }

    @Test
    void aScriptThatWasChangedAfterwardsIsRefused() throws SQLException, RefusedException {
        migrate(FIRST);
        Script changed = new Script(1, "first", FIRST.sql() + " ", "");

        assertThatThrownBy(() -> migrate(changed, SECOND))
                .isInstanceOf(RefusedException.class)
                .hasMessage(
                        "its schema version 1 (first) was made by another script than the one of"
                                + " this program");
        assertThat(number("SELECT count(*) FROM schema_version")).isEqualTo(1);
    }

    @Test
    void aNewerDatabaseIsRefused() throws SQLException, RefusedException {
        migrate(FIRST, SECOND);

        assertThatThrownBy(() -> migrate(FIRST))
                .isInstanceOf(RefusedException.class)
                .hasMessageStartingWith("its schema has version 2 (second), this program knows 1:")
                .hasMessageNotContaining("\n");
    }

    @Test
    void theShippedScriptsAreNumberedWithoutGap() throws SQLException, RefusedException {
        new Migrations(Clock.systemUTC()).apply(connection);

        assertThat(number("SELECT count(*) = max(version) FROM schema_version")).isEqualTo(1);
        assertThat(text("PRAGMA journal_mode")).isEqualTo("wal");
        assertThat(text("PRAGMA synchronous")).isEqualTo("2");
        assertThat(text("PRAGMA foreign_keys")).isEqualTo("1");
        assertThat(text("PRAGMA trusted_schema")).isEqualTo("0");
        assertThat(text("PRAGMA cell_size_check")).isEqualTo("1");
        assertThat(text("PRAGMA temp_store")).isEqualTo("2");
        assertThat(text("PRAGMA mmap_size")).isEqualTo("0");
        assertThat(text("PRAGMA busy_timeout")).isEqualTo("5000");
        assertThat(text("PRAGMA journal_size_limit")).isEqualTo("67108864");
        assertThat(text("PRAGMA wal_autocheckpoint")).isEqualTo("1000");
    }

    @Test
    void theSumsOfTheFirstSchemaBecomeStretchesWithChecksums()
            throws SQLException, RefusedException {
        migrate(Script.ofResource("0001-journal.sql"));
        try (Statement statement = connection.raw().createStatement()) {
            statement.executeUpdate(
                    "INSERT INTO coverage VALUES ('gate', 86460000, 60000, 45000, x'00'),"
                            + " ('gate', 86520000, 60000, 60000, x'00')");
        }
        connection.discard();

        new Migrations(Clock.systemUTC()).apply(connection);

        assertThat(number("SELECT count(*) FROM accounts WHERE side = 'feed'")).isEqualTo(2);
        assertThat(
                        number(
                                "SELECT sum(until - since) FROM accounts"
                                        + " WHERE side = 'analysis' AND seen_ms = until - since"))
                .isEqualTo(105_000);
        assertThat(text("SELECT group_concat(sight || cause || ms) FROM accounts_by_day"))
                .isEqualTo("blindnot-analysed15000,watched105000");
        byte[] digest =
                new RowDigest()
                        .start("accounts_by_day")
                        .text("gate")
                        .integer(86_400_000)
                        .text("watched")
                        .text("")
                        .integer(105_000)
                        .integer(105_000)
                        .finish();
        assertThat(text("SELECT hex(sha256) FROM accounts_by_day WHERE sight = 'watched'"))
                .isEqualTo(HexFormat.of().withUpperCase().formatHex(digest));
        assertThat(number("SELECT count(*) FROM sqlite_schema WHERE name = 'coverage'")).isZero();
    }

    @Test
    void eventsOfOlderSchemasGetASubjectASeverityAndTheirChecksum()
            throws SQLException, RefusedException {
        migrate(
                Script.ofResource("0001-journal.sql"),
                Script.ofResource("0002-accounts.sql"),
                Script.ofResource("0003-metrics.sql"));
        try (Statement statement = connection.raw().createStatement()) {
            statement.executeUpdate(
                    "INSERT INTO events (seq, id, time, type, camera, score, detail, sha256) VALUES"
                            + " (1, x'01', 5, 'camera-alert', 'gate', 0, 'lost', x'00'),"
                            + " (2, x'02', 6, 'incident', '', 0, 'all', x'00'),"
                            + " (3, x'03', 7, 'crossing', 'gate', 0.5, '', x'00')");
        }
        connection.discard();

        new Migrations(Clock.systemUTC()).apply(connection);

        assertThat(text("SELECT group_concat(subject || ' ' || severity) FROM events"))
                .isEqualTo("camera/gate warning,site/cameras warning,camera/gate info");
        RowDigest digest =
                new RowDigest().start("events").integer(3).blob(new byte[] {3}).integer(7);
        digest.text("crossing").text("gate").none().real(0.5).none();
        digest.none().none().none().none().none().none().none();
        digest.text("").text("camera/gate").text("info");
        assertThat(text("SELECT hex(sha256) FROM events WHERE seq = 3"))
                .isEqualTo(HexFormat.of().withUpperCase().formatHex(digest.finish()));
    }

    private void migrate(Script... scripts) throws SQLException, RefusedException {
        Clock clock = Clock.fixed(Instant.ofEpochMilli(1234), ZoneOffset.UTC);
        new Migrations(clock, List.of(scripts)).apply(connection);
    }

    private int number(String sql) throws SQLException {
        return Integer.parseInt(text(sql));
    }

    private String text(String sql) throws SQLException {
        try (ResultSet row = connection.prepared(sql).executeQuery()) {
            row.next();
            return row.getString(1);
        }
    }
}
