package io.visionops.store.internal.write;

import io.visionops.api.journal.Fact;
import io.visionops.store.internal.sqlite.WriteConnection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** How much of each minute a camera streamed and was analysed. */
final class CoverageRows {

    private static final String SELECT =
            "SELECT streaming_ms, analysed_ms FROM coverage WHERE camera = ? AND minute = ?";

    private final WriteConnection connection;
    private final Row row;
    private final Map<Key, Watched> added = new HashMap<>();

    private record Key(String camera, long minute) {}

    private record Watched(long streaming, long analysed) {

        static final Watched NOTHING = new Watched(0, 0);

        /** A minute is watched for a minute at most, also one that a clock set back repeats. */
        Watched plus(Watched other) {
            return new Watched(
                    Math.min(streaming + other.streaming, Minutes.LENGTH_MS),
                    Math.min(analysed + other.analysed, Minutes.LENGTH_MS));
        }
    }

    CoverageRows(WriteConnection connection, RowDigest digest) {
        this.connection = connection;
        this.row = new Row(connection, digest, "INSERT OR REPLACE", "coverage", 5);
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
        for (Map.Entry<Key, Watched> entry : added.entrySet()) {
            Key key = entry.getKey();
            Watched sum = stored(key).plus(entry.getValue());
            row.start().text(key.camera()).integer(key.minute());
            row.integer(sum.streaming()).integer(sum.analysed()).write();
        }
        added.clear();
    }

    void discard() {
        added.clear();
    }

    private Watched stored(Key key) throws SQLException {
        PreparedStatement select = connection.prepared(SELECT);
        select.setString(1, key.camera());
        select.setLong(2, key.minute());
        try (ResultSet found = select.executeQuery()) {
            return found.next() ? new Watched(found.getLong(1), found.getLong(2)) : Watched.NOTHING;
        }
    }
}
