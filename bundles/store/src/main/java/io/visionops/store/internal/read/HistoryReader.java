package io.visionops.store.internal.read;

import io.visionops.api.query.HistoryPage;
import io.visionops.api.query.HistoryQuery;
import io.visionops.store.internal.count.Times;
import io.visionops.store.internal.sqlite.Reader;
import io.visionops.store.internal.write.Sequence;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The states that cameras went through. */
final class HistoryReader {

    static final String SELECT =
            "SELECT seq, state, cause, detail, sha256 IS row_sha256('camera_states', seq, camera,"
                    + " state, cause, detail) FROM camera_states"
                    + " WHERE camera = ? AND seq >= ? AND seq < ? ORDER BY seq DESC LIMIT ?";

    static final String NEXT = "SELECT min(seq) FROM camera_states WHERE camera = ? AND seq >= ?";

    HistoryPage read(Reader reader, HistoryQuery query, long now) throws SQLException {
        long to = Times.endKey(query.to());
        long end = query.cursor().map(EventCursor::decode).map(c -> Math.min(c, to)).orElse(to);
        long ended = next(reader, query.camera(), end).orElse(now);
        List<HistoryPage.StatePeriod> stays = new ArrayList<>();
        long last = end;
        int rows = 0;
        try (ResultSet row =
                reader.prepared(
                                SELECT,
                                query.camera(),
                                Times.firstKey(query.from()),
                                end,
                                query.limit() + 1)
                        .executeQuery()) {
            while (row.next()) {
                if (rows == query.limit()) {
                    return new HistoryPage(stays, Optional.of(EventCursor.encode(last)));
                }
                rows++;
                last = row.getLong(1);
                if (!SoundRow.is(reader, row, 5, "camera_states", last)) {
                    continue;
                }
                long since = Sequence.time(last);
                stays.add(
                        new HistoryPage.StatePeriod(
                                Instant.ofEpochMilli(since),
                                Duration.ofMillis(Math.max(0, ended - since)),
                                row.getString(2),
                                Optional.ofNullable(row.getString(3)),
                                row.getString(4)));
                ended = since;
            }
        }
        return new HistoryPage(stays, Optional.empty());
    }

    /**
     * @throws IllegalArgumentException when the query makes no sense
     */
    void check(HistoryQuery query) {
        PageLimit.check(query.limit());
        Times.check(query.from(), query.to());
        query.cursor().ifPresent(EventCursor::decode);
    }

    /** When the state was left that is the newest before a key. */
    private static Optional<Long> next(Reader reader, String camera, long key) throws SQLException {
        try (ResultSet row = reader.prepared(NEXT, camera, key).executeQuery()) {
            long seq = row.next() ? row.getLong(1) : 0;
            return row.wasNull() ? Optional.empty() : Optional.of(Sequence.time(seq));
        }
    }
}
