package io.visionops.store.internal.write;

import io.visionops.api.journal.Fact;
import io.visionops.store.internal.encoding.TrackBlob;
import io.visionops.store.internal.sqlite.RowDigest;
import io.visionops.store.internal.sqlite.WriteConnection;
import java.sql.SQLException;

/** One row for each analysed frame with objects. */
final class TrackRows {

    private final Row row;
    private final Sequence sequence;
    private final TrackBlob blob = new TrackBlob();

    TrackRows(WriteConnection connection, RowDigest digest) {
        this.row = new Row(connection, digest, "INSERT", "tracks", 5);
        this.sequence = new Sequence(connection, "tracks");
    }

    void insert(Fact.Tracks tracks) throws SQLException {
        if (tracks.objects().isEmpty()) {
            return;
        }
        row.start().integer(sequence.next(tracks.time().toEpochMilli()));
        row.text(tracks.camera()).integer(tracks.frame()).blob(blob.encode(tracks.objects()));
        row.write();
    }
}
