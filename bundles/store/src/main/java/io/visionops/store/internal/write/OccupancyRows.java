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
 * Who stood in a zone, by minute or by day: objects times milliseconds, milliseconds, and the most.
 */
final class OccupancyRows {

    private final WriteConnection connection;
    private final Unit unit;
    private final Row row;
    private final String select;
    private final Map<Key, Stay> added = new HashMap<>();

    private record Key(String camera, String zone, String label, long start) {}

    private record Stay(long objectMillis, long watchedMillis, long most) {

        static final Stay NOTHING = new Stay(0, 0, 0);

        Stay plus(Stay other) {
            return new Stay(
                    objectMillis + other.objectMillis,
                    watchedMillis + other.watchedMillis,
                    Math.max(most, other.most));
        }
    }

    OccupancyRows(WriteConnection connection, RowDigest digest, Unit unit) {
        this.connection = connection;
        this.unit = unit;
        String table = unit.table("occupancy");
        this.row = new Row(connection, digest, "INSERT OR REPLACE", table, 8);
        this.select =
                "SELECT object_ms, watched_ms, most FROM "
                        + table
                        + " WHERE camera = ? AND zone = ? AND label = ? AND "
                        + unit.column()
                        + " = ?";
    }

    void add(Fact.Occupancy fact) throws SQLException {
        if (fact.objects() < 0) {
            throw new IllegalArgumentException(fact.objects() + " objects in a zone");
        }
        Minutes.split(
                fact.from(),
                fact.length(),
                (minute, length) ->
                        added.merge(
                                new Key(
                                        fact.camera(),
                                        fact.zone(),
                                        fact.label(),
                                        unit.start(minute)),
                                new Stay(length * fact.objects(), length, fact.objects()),
                                Stay::plus));
    }

    void flush() throws SQLException {
        for (Map.Entry<Key, Stay> entry : added.entrySet()) {
            Key key = entry.getKey();
            Stay sum = stored(key).plus(entry.getValue());
            row.start().text(key.camera()).text(key.zone()).text(key.label());
            row.integer(key.start()).integer(sum.objectMillis());
            row.integer(sum.watchedMillis()).integer(sum.most()).write();
        }
        added.clear();
    }

    void discard() {
        added.clear();
    }

    private Stay stored(Key key) throws SQLException {
        PreparedStatement statement = connection.prepared(select);
        statement.setString(1, key.camera());
        statement.setString(2, key.zone());
        statement.setString(3, key.label());
        statement.setLong(4, key.start());
        try (ResultSet found = statement.executeQuery()) {
            return found.next()
                    ? new Stay(found.getLong(1), found.getLong(2), found.getLong(3))
                    : Stay.NOTHING;
        }
    }
}
