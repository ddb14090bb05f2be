package io.visionops.store.internal.write;

import io.visionops.api.journal.Fact;
import io.visionops.store.internal.sqlite.WriteConnection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** Crossings by minute. Those of one group of entries are added up before they are written. */
final class CountRows {

    private static final String SELECT =
            "SELECT count FROM counts WHERE camera = ? AND line = ? AND label = ? AND direction = ?"
                    + " AND minute = ?";

    private final WriteConnection connection;
    private final Row row;
    private final Map<Key, Long> added = new HashMap<>();

    private record Key(String camera, String line, String label, String direction, long minute) {}

    CountRows(WriteConnection connection, RowDigest digest) {
        this.connection = connection;
        this.row = new Row(connection, digest, "INSERT OR REPLACE", "counts", 7);
    }

    void add(Fact.Crossing crossing) {
        Key key =
                new Key(
                        crossing.camera(),
                        crossing.line(),
                        crossing.label(),
                        crossing.direction().word(),
                        Minutes.of(crossing.time().toEpochMilli()));
        added.merge(key, 1L, Long::sum);
    }

    void flush() throws SQLException {
        for (Map.Entry<Key, Long> entry : added.entrySet()) {
            Key key = entry.getKey();
            row.start().text(key.camera()).text(key.line()).text(key.label());
            row.text(key.direction()).integer(key.minute());
            row.integer(stored(key) + entry.getValue()).write();
        }
        added.clear();
    }

    void discard() {
        added.clear();
    }

    private long stored(Key key) throws SQLException {
        PreparedStatement select = connection.prepared(SELECT);
        select.setString(1, key.camera());
        select.setString(2, key.line());
        select.setString(3, key.label());
        select.setString(4, key.direction());
        select.setLong(5, key.minute());
        try (ResultSet found = select.executeQuery()) {
            return found.next() ? found.getLong(1) : 0;
        }
    }
}
