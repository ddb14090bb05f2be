package io.visionops.store.internal.write;

import io.visionops.api.journal.Event;
import io.visionops.api.journal.JournalRecord;
import io.visionops.store.internal.encoding.Ids;
import io.visionops.store.internal.sqlite.RowDigest;
import io.visionops.store.internal.sqlite.WriteConnection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Facts of open kinds. */
final class RecordRows {

    private final Row row;
    private final Sequence sequence;

    RecordRows(WriteConnection connection, RowDigest digest) {
        this.row = new Row(connection, digest, "INSERT", "records", 7);
        this.sequence = new Sequence(connection, "records");
    }

    void insert(@Nullable Event event, JournalRecord fact) throws SQLException {
        row.start().integer(sequence.next(fact.time().toEpochMilli()));
        if (event == null) {
            row.none();
        } else {
            row.blob(Ids.bytes(event.id()));
        }
        row.text(fact.kind()).text(fact.subject().toString()).text(fact.actor().toString());
        row.text(fact.body()).write();
    }
}
