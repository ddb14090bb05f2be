package io.visionops.store.internal.write;

import io.visionops.api.journal.Fact;
import io.visionops.store.internal.sqlite.WriteConnection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** How much of each minute, and of each day, a camera streamed and was analysed. */
final class CoverageRows {

    private static final String SELECT_MINUTE =
            "SELECT streaming_ms, analysed_ms FROM coverage WHERE camera = ? AND minute = ?";
    private static final String SELECT_DAY =
            "SELECT streaming_ms, analysed_ms FROM coverage_by_day WHERE camera = ? AND day = ?";

    private final WriteConnection connection;
    private final Row minutes;
    private final Row days;
    private final Map<Key, Watched> added = new HashMap<>();

    private record Key(String camera, long start) {}

    private record Watched(long streaming, long analysed) {

        static final Watched NOTHING = new Watched(0, 0);

        Watched plus(Watched other) {
            return new Watched(streaming + other.streaming, analysed + other.analysed);
        }

        Watched minus(Watched other) {
            return new Watched(streaming - other.streaming, analysed - other.analysed);
        }

        /** A minute is watched for a minute at most, also one that a clock set back repeats. */
        Watched withinMinute() {
            long most = Unit.MINUTE.length();
            return new Watched(Math.min(streaming, most), Math.min(analysed, most));
        }
    }

    CoverageRows(WriteConnection connection, RowDigest digest) {
        this.connection = connection;
        this.minutes = row(connection, digest, Unit.MINUTE);
        this.days = row(connection, digest, Unit.DAY);
    }

    private static Row row(WriteConnection connection, RowDigest digest, Unit unit) {
        return new Row(connection, digest, "INSERT OR REPLACE", unit.table("coverage"), 5);
    }

    void add(Fact.Watched watched) throws SQLException {
        boolean streaming = watched.kind() == Fact.Watched.Kind.STREAMING;
        Minutes.split(
                watched.from(),
                watched.length(),
                (minute, length) ->
                        added.merge(
                                new Key(watched.camera(), minute),
                                streaming ? new Watched(length, 0) : new Watched(0, length),
                                Watched::plus));
    }

    void flush() throws SQLException {
        Map<Key, Watched> gained = new HashMap<>();
        for (Map.Entry<Key, Watched> entry : added.entrySet()) {
            Key key = entry.getKey();
            Watched before = stored(Unit.MINUTE, key);
            Watched sum = before.plus(entry.getValue()).withinMinute();
            write(minutes, key, sum);
            Key day = new Key(key.camera(), Unit.DAY.start(key.start()));
            gained.merge(day, sum.minus(before), Watched::plus);
        }
        for (Map.Entry<Key, Watched> entry : gained.entrySet()) {
            Key key = entry.getKey();
            write(days, key, stored(Unit.DAY, key).plus(entry.getValue()));
        }
        added.clear();
    }

    void discard() {
        added.clear();
    }

    private static void write(Row row, Key key, Watched sum) throws SQLException {
        row.start().text(key.camera()).integer(key.start());
        row.integer(sum.streaming()).integer(sum.analysed()).write();
    }

    private Watched stored(Unit unit, Key key) throws SQLException {
        PreparedStatement select =
                connection.prepared(unit == Unit.MINUTE ? SELECT_MINUTE : SELECT_DAY);
        select.setString(1, key.camera());
        select.setLong(2, key.start());
        try (ResultSet found = select.executeQuery()) {
            return found.next() ? new Watched(found.getLong(1), found.getLong(2)) : Watched.NOTHING;
        }
    }
}
