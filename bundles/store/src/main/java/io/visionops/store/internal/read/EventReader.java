package io.visionops.store.internal.read;

import io.visionops.api.geometry.Box;
import io.visionops.api.journal.Event;
import io.visionops.api.journal.Severity;
import io.visionops.api.query.EventPage;
import io.visionops.api.query.EventQuery;
import io.visionops.api.subject.Subject;
import io.visionops.store.internal.count.Times;
import io.visionops.store.internal.encoding.Ids;
import io.visionops.store.internal.sqlite.Reader;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Pages of events. */
final class EventReader {

    private static final String COLUMNS =
            "SELECT e.seq, e.id, e.time, e.type, e.camera, e.label, e.score, e.track, e.x1, e.y1,"
                    + " e.x2, e.y2, e.line, e.zone, e.direction, e.detail, s.event IS NOT NULL,"
                    + " e.subject, e.severity, "
                    + SoundRow.column(
                            "events",
                            "e.",
                            List.of(
                                    "seq",
                                    "id",
                                    "time",
                                    "type",
                                    "camera",
                                    "label",
                                    "score",
                                    "track",
                                    "x1",
                                    "y1",
                                    "x2",
                                    "y2",
                                    "line",
                                    "zone",
                                    "direction",
                                    "detail",
                                    "subject",
                                    "severity"));

    /** A statement and what fills its parameters. */
    record Select(String sql, List<Object> parameters) {}

    /**
     * Checks a query and puts it into words of the database.
     *
     * @throws IllegalArgumentException when it makes no sense
     */
    Select select(EventQuery query) {
        PageLimit.check(query.limit());
        Times.check(query.from(), query.to());
        Optional<String> words =
                query.text().filter(text -> !text.isBlank()).map(EventReader::words);
        String key = words.isPresent() ? "t.rowid" : "e.seq";
        StringBuilder sql = new StringBuilder(COLUMNS);
        List<Object> parameters = new ArrayList<>();
        if (words.isPresent()) {
            // The order of a CROSS JOIN is kept: the index of words leads, newest first.
            sql.append(" FROM events_text t CROSS JOIN events e ON e.seq = t.rowid");
        } else {
            sql.append(" FROM events e");
        }
        sql.append(" LEFT JOIN snapshots s ON s.event = e.id WHERE ");
        if (words.isPresent()) {
            sql.append("events_text MATCH ? AND ");
            parameters.add(words.get());
        }
        sql.append(key).append(" >= ? AND ").append(key).append(" < ?");
        parameters.add(Times.firstKey(query.from()));
        long end = Times.endKey(query.to());
        parameters.add(
                query.cursor().map(EventCursor::decode).map(c -> Math.min(c, end)).orElse(end));
        also(sql, parameters, "camera", query.camera());
        if (query.subject().isPresent()) {
            Subject subject = query.subject().get();
            if (subject.kind().equals(Subject.CAMERA)) {
                also(sql, parameters, "camera", Optional.of(subject.name()));
            } else {
                sql.append(" AND e.camera = ''");
                also(sql, parameters, "subject", Optional.of(subject.toString()));
            }
        }
        also(sql, parameters, "type", query.type());
        also(sql, parameters, "label", query.label());
        also(sql, parameters, "line", query.line());
        also(sql, parameters, "zone", query.zone());
        sql.append(" ORDER BY ").append(key).append(" DESC LIMIT ?");
        parameters.add(query.limit() + 1);
        return new Select(sql.toString(), parameters);
    }

    EventPage read(Reader reader, Select select, int limit) throws SQLException {
        List<EventPage.Stored> events = new ArrayList<>();
        long last = 0;
        int rows = 0;
        boolean more = false;
        try (ResultSet row = reader.prepared(select.sql(), select.parameters()).executeQuery()) {
            while (row.next()) {
                if (rows == limit) {
                    more = true;
                    break;
                }
                rows++;
                last = row.getLong(1);
                if (SoundRow.is(reader, row, 20, "events", last)) {
                    events.add(new EventPage.Stored(event(row), row.getBoolean(17)));
                }
            }
        }
        return new EventPage(
                events, more ? Optional.of(EventCursor.encode(last)) : Optional.empty());
    }

    private static String words(String typed) {
        // An expression that is met by nothing, for a text that names nothing.
        return SearchText.expression(typed).orElse("\"\"");
    }

    private static void also(
            StringBuilder sql, List<Object> parameters, String column, Optional<String> value) {
        if (value.isPresent()) {
            sql.append(" AND e.").append(column).append(" = ?");
            parameters.add(value.get());
        }
    }

    private static Event event(ResultSet row) throws SQLException {
        long track = row.getLong(8);
        OptionalLong tracked = row.wasNull() ? OptionalLong.empty() : OptionalLong.of(track);
        return new Event(
                Ids.of(row.getBytes(2)),
                new Event.Type(row.getString(4)),
                Subject.parse(row.getString(18)),
                Severity.of(row.getString(19)),
                Instant.ofEpochMilli(row.getLong(3)),
                Optional.ofNullable(row.getString(6)),
                row.getDouble(7),
                tracked,
                box(row),
                Optional.ofNullable(row.getString(13)),
                Optional.ofNullable(row.getString(14)),
                Optional.ofNullable(row.getString(15)).map(EventReader::direction),
                row.getString(16));
    }

    private static Optional<Box> box(ResultSet row) throws SQLException {
        double x1 = row.getDouble(9);
        return row.wasNull()
                ? Optional.empty()
                : Optional.of(new Box(x1, row.getDouble(10), row.getDouble(11), row.getDouble(12)));
    }

    private static Event.Direction direction(String word) {
        return word.equals(Event.Direction.IN.word()) ? Event.Direction.IN : Event.Direction.OUT;
    }
}
