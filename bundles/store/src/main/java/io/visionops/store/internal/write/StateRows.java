package io.visionops.store.internal.write;

import io.visionops.api.camera.Cause;
import io.visionops.api.journal.Fact;
import io.visionops.store.internal.sqlite.RowDigest;
import io.visionops.store.internal.sqlite.WriteConnection;
import java.sql.SQLException;

/** The states that cameras went through. */
final class StateRows {

    private final Row row;
    private final Sequence sequence;

    StateRows(WriteConnection connection, RowDigest digest) {
        this.row = new Row(connection, digest, "INSERT", "camera_states", 6);
        this.sequence = new Sequence(connection, "camera_states");
    }

    void insert(Fact.StateChange change) throws SQLException {
        row.start().integer(sequence.next(change.time().toEpochMilli()));
        row.text(change.camera()).text(change.state().name());
        row.text(change.cause().map(Cause::key).orElse(null)).text(change.detail()).write();
    }
}
