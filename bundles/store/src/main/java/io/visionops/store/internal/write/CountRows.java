package io.visionops.store.internal.write;

import io.visionops.api.journal.Fact;
import io.visionops.store.internal.sqlite.RowDigest;
import io.visionops.store.internal.sqlite.WriteConnection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/**
 * Crossings by minute or by day. Those of one group of entries are added up before they are
 * written.
 */
final class CountRows {

    private final WriteConnection connection;
    private final Unit unit;
    private final Row row;
    private final String select;
    private final Map<Key, Long> added = new HashMap<>();

    private record Key(String camera, String line, String label, String direction, long start) {}

    CountRows(WriteConnection connection, RowDigest digest, Unit unit) {
        this.connection = connection;
        this.unit = unit;
        String table = unit.table("counts");
        this.row = new Row(connection, digest, "INSERT OR REPLACE", table, 7);
        this.select =
                "SELECT count FROM "
                        + table
                        + " WHERE camera = ? AND line = ? AND label = ? AND direction = ? AND "
                        + unit.column()
                        + " = ?";
    }

    void add(Fact.Crossing crossing) {
        Key key =
                new Key(
                        crossing.camera(),
                        crossing.line(),
                        crossing.label(),
                        crossing.direction().word(),
                        unit.start(crossing.time().toEpochMilli()));
        added.merge(key, 1L, Long::sum);
    }

    void flush() throws SQLException {
        for (Map.Entry<Key, Long> entry : added.entrySet()) {
            Key key = entry.getKey();
            row.start().text(key.camera()).text(key.line()).text(key.label());
            row.text(key.direction()).integer(key.start());
            row.integer(stored(key) + entry.getValue()).write();
        }
        added.clear();
    }

    void discard() {
        added.clear();
    }

    private long stored(Key key) throws SQLException {
        PreparedStatement statement = connection.prepared(select);
        statement.setString(1, key.camera());
        statement.setString(2, key.line());
        statement.setString(3, key.label());
        statement.setString(4, key.direction());
        statement.setLong(5, key.start());
        try (ResultSet found = statement.executeQuery()) {
            return found.next() ? found.getLong(1) : 0;
        }
    }
}
