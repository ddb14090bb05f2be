package io.visionops.store.internal.write;

import io.visionops.store.internal.encoding.Ids;
import io.visionops.store.internal.sqlite.WriteConnection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.util.UUID;

/** The ids of recent entries without an event: a replay is recognised by them. */
final class DedupRows {

    private static final String INSERT =
            "INSERT INTO entries_seen (id, time) VALUES (?, ?) ON CONFLICT (id) DO NOTHING";

    private final WriteConnection connection;
    private final Clock clock;

    DedupRows(WriteConnection connection, Clock clock) {
        this.connection = connection;
        this.clock = clock;
    }

    /** Remembers an entry; false when it was written before. */
    boolean insert(UUID entry) throws SQLException {
        PreparedStatement insert = connection.prepared(INSERT);
        insert.setBytes(1, Ids.bytes(entry));
        insert.setLong(2, clock.millis());
        return insert.executeUpdate() > 0;
    }
}
