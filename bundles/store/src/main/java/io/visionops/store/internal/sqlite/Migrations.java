package io.visionops.store.internal.sqlite;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the schema to the form that this program knows: numbered scripts, each applied once, in
 * one transaction. A script leaves the way back in the database, so that an older program can go
 * it; without that, a database that a newer program has made is refused, as is one of another
 * program.
 */
public final class Migrations {

    private static final Logger LOG = LoggerFactory.getLogger(Migrations.class);

    private static final String VERSION_TABLE =
            "CREATE TABLE schema_version (version INTEGER PRIMARY KEY, name TEXT NOT NULL,"
                    + " sha256 TEXT NOT NULL, applied_at INTEGER NOT NULL) STRICT";

    private static final String UNDO_TABLE =
            "CREATE TABLE IF NOT EXISTS schema_undo (version INTEGER PRIMARY KEY, sql TEXT NOT"
                    + " NULL) STRICT";

    /** The scripts from before there was a way back. */
    private static final int LAST_WITHOUT_UNDO = 4;

    /** Number and name of each script, lowest first; a released one is never changed. */
    private final List<Script> scripts;

    private final Clock clock;
    private final BeforeChange beforeChange;

    /** Is called before the schema of a database that holds something is changed. */
    @FunctionalInterface
    public interface BeforeChange {

        /**
         * @param version that the schema has
         */
        void run(Database database, int version);
    }

    /**
     * One script.
     *
     * @param undo takes back what it does, and no row that was there before; empty where that
     *     cannot be
     */
    record Script(int version, String name, String sql, String undo) {

        /** {@code NNNN-name.sql}, and {@code NNNN-name.undo.sql} beside it. */
        static Script ofResource(String resource) {
            String name = resource.substring(5, resource.length() - ".sql".length());
            int version = Integer.parseInt(resource.substring(0, 4));
            String undo =
                    version <= LAST_WITHOUT_UNDO
                            ? ""
                            : text(resource.replaceFirst("[.]sql$", ".undo.sql"));
            return new Script(version, name, text(resource), undo);
        }

        private static String text(String resource) {
            try (InputStream in = Migrations.class.getResourceAsStream("/db/" + resource)) {
                if (in == null) {
                    throw new IllegalStateException("no script " + resource);
                }
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        }

        String sha256() {
            try {
                MessageDigest sha = MessageDigest.getInstance("SHA-256");
                return HexFormat.of().formatHex(sha.digest(sql.getBytes(StandardCharsets.UTF_8)));
            } catch (NoSuchAlgorithmException absent) {
                throw new IllegalStateException(absent);
            }
        }
    }

    public Migrations(Clock clock) {
        this(clock, (database, version) -> {});
    }

    public Migrations(Clock clock, BeforeChange beforeChange) {
        this(clock, beforeChange, shipped());
    }

    Migrations(Clock clock, List<Script> scripts) {
        this(clock, (database, version) -> {}, scripts);
    }

    Migrations(Clock clock, BeforeChange beforeChange, List<Script> scripts) {
        this.clock = clock;
        this.beforeChange = beforeChange;
        this.scripts = List.copyOf(scripts);
    }

    static List<Script> shipped() {
        return List.of(
                Script.ofResource("0001-journal.sql"),
                Script.ofResource("0002-accounts.sql"),
                Script.ofResource("0003-metrics.sql"),
                Script.ofResource("0004-records.sql"));
    }

    /** Applies what is missing. */
    public void apply(WriteConnection connection) throws SQLException, RefusedException {
        goBack(connection);
        int applied = verify(connection.raw());
        if (applied < scripts.size()) {
            if (applied > 0) {
                beforeChange.run(connection.database(), scripts.get(applied - 1).version());
            }
            connection.offerChecksum();
        }
        for (Script script : scripts.subList(applied, scripts.size())) {
            apply(connection, script);
            LOG.info("database schema is now at version {} ({})", script.version(), script.name());
        }
    }

    /** Takes back, newest first and at once, what a newer program has done to the schema. */
    private void goBack(WriteConnection connection) throws SQLException {
        List<Script> newer = newer(connection.raw());
        if (newer.isEmpty() || newer.stream().anyMatch(script -> script.undo().isEmpty())) {
            return;
        }
        beforeChange.run(connection.database(), newer.get(0).version());
        connection.begin();
        try (Statement statement = connection.raw().createStatement()) {
            for (Script script : newer) {
                statement.executeUpdate(script.undo());
                statement.executeUpdate(
                        "DELETE FROM schema_version WHERE version = " + script.version());
                statement.executeUpdate(
                        "DELETE FROM schema_undo WHERE version = " + script.version());
            }
            connection.commit();
            LOG.warn(
                    "database schema went back from version {} to {}: it was written by a newer"
                            + " program",
                    newer.get(0).version(),
                    scripts.size());
        } catch (SQLException failure) {
            connection.rollback();
            throw failure;
        }
    }

    /** Scripts that this program does not know, newest first. */
    private List<Script> newer(Connection connection) throws SQLException {
        List<Script> newer = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            if (!hasTable(statement, "schema_version") || !hasTable(statement, "schema_undo")) {
                return newer;
            }
            try (ResultSet rows =
                    statement.executeQuery(
                            "SELECT v.version, v.name, coalesce(u.sql, '') FROM schema_version v"
                                    + " LEFT JOIN schema_undo u USING (version) WHERE v.version > "
                                    + scripts.get(scripts.size() - 1).version()
                                    + " ORDER BY v.version DESC")) {
                while (rows.next()) {
                    newer.add(new Script(rows.getInt(1), rows.getString(2), "", rows.getString(3)));
                }
            }
        }
        return newer;
    }

    private static boolean hasTable(Statement statement, String name) throws SQLException {
        try (ResultSet rows =
                statement.executeQuery(
                        "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = '"
                                + name
                                + "'")) {
            return rows.next() && rows.getInt(1) > 0;
        }
    }

    /** Checks what was applied and counts it. */
    private int verify(Connection connection) throws SQLException, RefusedException {
        try (Statement statement = connection.createStatement()) {
            try (ResultSet tables =
                    statement.executeQuery(
                            "SELECT count(*), count(*) FILTER (WHERE name = 'schema_version')"
                                    + " FROM sqlite_schema WHERE type = 'table'")) {
                tables.next();
                if (tables.getInt(2) == 0) {
                    if (tables.getInt(1) > 0) {
                        throw new RefusedException("it is the database of another program");
                    }
                    return 0;
                }
            }
            int known = 0;
            try (ResultSet rows =
                    statement.executeQuery(
                            "SELECT version, name, sha256 FROM schema_version ORDER BY version")) {
                while (rows.next()) {
                    verify(rows.getInt(1), rows.getString(2), rows.getString(3), known);
                    known++;
                }
            }
            return known;
        }
    }

    private void verify(int version, String name, String sha256, int index)
            throws RefusedException {
        if (index >= scripts.size()) {
            throw new RefusedException(
                    "its schema has version "
                            + version
                            + " ("
                            + name
                            + "), this program knows "
                            + scripts.get(scripts.size() - 1).version()
                            + ": it was written by a newer program, install that one or restore"
                            + " a backup");
        }
        Script script = scripts.get(index);
        if (script.version() != version || !script.sha256().equals(sha256)) {
            throw new RefusedException(
                    "its schema version "
                            + version
                            + " ("
                            + name
                            + ") was made by another script than the one of this program");
        }
    }

    private void apply(WriteConnection connection, Script script) throws SQLException {
        connection.begin();
        try (Statement statement = connection.raw().createStatement()) {
            if (script.equals(scripts.get(0))) {
                statement.executeUpdate(VERSION_TABLE);
            }
            statement.executeUpdate(script.sql());
            try (PreparedStatement insert =
                    connection
                            .raw()
                            .prepareStatement("INSERT INTO schema_version VALUES (?, ?, ?, ?)")) {
                insert.setInt(1, script.version());
                insert.setString(2, script.name());
                insert.setString(3, script.sha256());
                insert.setLong(4, clock.millis());
                insert.executeUpdate();
            }
            if (!script.undo().isEmpty()) {
                keepUndo(connection, script);
            }
            connection.commit();
        } catch (SQLException failure) {
            connection.rollback();
            throw failure;
        }
    }

    private static void keepUndo(WriteConnection connection, Script script) throws SQLException {
        try (Statement statement = connection.raw().createStatement()) {
            statement.executeUpdate(UNDO_TABLE);
        }
        try (PreparedStatement insert =
                connection.raw().prepareStatement("INSERT INTO schema_undo VALUES (?, ?)")) {
            insert.setInt(1, script.version());
            insert.setString(2, script.undo());
            insert.executeUpdate();
        }
    }
}
