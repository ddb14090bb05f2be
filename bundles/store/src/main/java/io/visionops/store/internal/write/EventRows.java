package io.visionops.store.internal.write;

import io.visionops.api.geometry.Box;
import io.visionops.api.journal.Event;
import io.visionops.store.internal.encoding.Ids;
import io.visionops.store.internal.sqlite.RowDigest;
import io.visionops.store.internal.sqlite.WriteConnection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Events and what is searched of them. */
final class EventRows {

    private static final String TEXT =
            "INSERT INTO events_text (rowid, camera, label, line, zone, type, detail)"
                    + " VALUES (?, ?, ?, ?, ?, ?, ?)";

    private final WriteConnection connection;
    private final Row row;
    private final Sequence sequence;

    EventRows(WriteConnection connection, RowDigest digest) {
        this.connection = connection;
        this.row =
                new Row(
                        connection,
                        digest,
                        "events",
                        "INSERT INTO events VALUES (?"
                                + ", ?".repeat(18)
                                + ")"
                                + " ON CONFLICT (id) DO NOTHING");
        this.sequence = new Sequence(connection, "events");
    }

    /** Writes an event; false when it is there already. */
    boolean insert(Event event) throws SQLException {
        long time = event.time().toEpochMilli();
        long seq = sequence.next(time);
        row.start().integer(seq).blob(Ids.bytes(event.id())).integer(time);
        row.text(event.type().word()).text(event.camera()).text(event.label().orElse(null));
        row.real(event.score());
        if (event.track().isPresent()) {
            row.integer(event.track().getAsLong());
        } else {
            row.none();
        }
        if (event.box().isPresent()) {
            Box box = event.box().get();
            row.real(box.x1()).real(box.y1()).real(box.x2()).real(box.y2());
        } else {
            row.none().none().none().none();
        }
        row.text(event.line().orElse(null)).text(event.zone().orElse(null));
        row.text(event.direction().map(Event.Direction::word).orElse(null));
        row.text(event.detail()).text(event.subject().toString());
        row.text(event.severity().word());
        if (!row.write()) {
            return false;
        }
        insertText(seq, event);
        return true;
    }

    private void insertText(long seq, Event event) throws SQLException {
        PreparedStatement text = connection.prepared(TEXT);
        text.setLong(1, seq);
        text.setString(2, event.subject().name());
        text.setString(3, event.label().orElse(null));
        text.setString(4, event.line().orElse(null));
        text.setString(5, event.zone().orElse(null));
        text.setString(6, event.type().word());
        text.setString(7, event.detail());
        text.executeUpdate();
    }
}
