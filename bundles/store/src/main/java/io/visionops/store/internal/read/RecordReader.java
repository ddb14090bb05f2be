package io.visionops.store.internal.read;

import io.visionops.api.journal.JournalRecord;
import io.visionops.api.query.RecordPage;
import io.visionops.api.query.RecordQuery;
import io.visionops.api.subject.Actor;
import io.visionops.api.subject.Subject;
import io.visionops.store.internal.count.Times;
import io.visionops.store.internal.encoding.Ids;
import io.visionops.store.internal.sqlite.Reader;
import io.visionops.store.internal.write.Sequence;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Pages of records. */
final class RecordReader {

    private static final String SOUND =
            SoundRow.column(
                    "records", "", List.of("seq", "event", "kind", "subject", "actor", "body"));

    /** A statement and what fills its parameters. */
    record Select(String sql, List<Object> parameters) {}

    /**
     * Checks a query and puts it into words of the database.
     *
     * @throws IllegalArgumentException when it makes no sense
     */
    Select select(RecordQuery query) {
        PageLimit.check(query.limit());
        Times.check(query.from(), query.to());
        StringBuilder sql =
                new StringBuilder(
                        "SELECT seq, event, kind, subject, actor, body, "
                                + SOUND
                                + " FROM records WHERE seq >= ? AND seq < ?");
        long end = Times.endKey(query.to());
        List<Object> parameters = new ArrayList<>();
        parameters.add(Times.firstKey(query.from()));
        parameters.add(
                query.cursor().map(EventCursor::decode).map(c -> Math.min(c, end)).orElse(end));
        if (query.kind().isPresent()) {
            sql.append(" AND kind = ?");
            parameters.add(query.kind().get());
        }
        if (query.subject().isPresent()) {
            sql.append(" AND subject = ?");
            parameters.add(query.subject().get().toString());
        }
        sql.append(" ORDER BY seq DESC LIMIT ?");
        parameters.add(query.limit() + 1);
        return new Select(sql.toString(), parameters);
    }

    RecordPage read(Reader reader, Select select, int limit) throws SQLException {
        List<RecordPage.Stored> records = new ArrayList<>();
        long last = 0;
        int rows = 0;
        try (ResultSet row = reader.prepared(select.sql(), select.parameters()).executeQuery()) {
            while (row.next()) {
                if (rows == limit) {
                    return new RecordPage(records, Optional.of(EventCursor.encode(last)));
                }
                rows++;
                last = row.getLong(1);
                if (!SoundRow.is(reader, row, 7, "records", last)) {
                    continue;
                }
                records.add(
                        new RecordPage.Stored(
                                new JournalRecord(
                                        row.getString(3),
                                        Subject.parse(row.getString(4)),
                                        Instant.ofEpochMilli(Sequence.time(last)),
                                        Actor.parse(row.getString(5)),
                                        row.getString(6)),
                                Optional.ofNullable(row.getBytes(2)).map(Ids::of)));
            }
        }
        return new RecordPage(records, Optional.empty());
    }
}
