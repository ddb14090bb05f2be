package io.visionops.store.internal.write;

import io.visionops.api.checkpoint.Checkpoint;
import io.visionops.store.internal.sqlite.RowDigest;
import io.visionops.store.internal.sqlite.WriteConnection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The last ten checkpoints of every owner, in the order in which they were written. */
final class CheckpointRows {

    private static final int KEPT = 10;

    private static final String NEXT = "SELECT coalesce(max(seq), 0) + 1 FROM checkpoints";

    private static final String FORGET =
            "DELETE FROM checkpoints WHERE owner = ?1 AND seq < (SELECT min(seq) FROM (SELECT seq"
                    + " FROM checkpoints WHERE owner = ?1 ORDER BY seq DESC LIMIT "
                    + KEPT
                    + "))";

    private final WriteConnection connection;
    private final Row row;

    CheckpointRows(WriteConnection connection, RowDigest digest) {
        this.connection = connection;
        this.row = new Row(connection, digest, "INSERT", "checkpoints", 6);
    }

    void insert(Checkpoint checkpoint) throws SQLException {
        row.start().integer(next()).text(checkpoint.owner()).integer(checkpoint.version());
        row.integer(checkpoint.time().toEpochMilli()).text(checkpoint.document()).write();
        PreparedStatement forget = connection.prepared(FORGET);
        forget.setString(1, checkpoint.owner());
        forget.executeUpdate();
    }

    private long next() throws SQLException {
        try (ResultSet found = connection.prepared(NEXT).executeQuery()) {
            return found.next() ? found.getLong(1) : 1;
        }
    }
}
