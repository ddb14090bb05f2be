package io.visionops.store.internal.read;

import io.visionops.store.internal.sqlite.Reader;
import io.visionops.store.internal.write.Unit;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How long each interval was analysed while a series was counted. For one query. */
final class Coverage {

    /** A minute that a period or the end of the query cuts counts with what is left of it. */
    static final String MINUTES =
            "SELECT sum(min(analysed_ms, min(minute + 60000, ?3) - max(minute, ?2))) FROM coverage"
                    + " WHERE camera = ?1 AND minute > ?2 - 60000 AND minute < ?3";

    static final String DAYS =
            "SELECT sum(analysed_ms) FROM coverage_by_day"
                    + " WHERE camera = ? AND day >= ? AND day < ?";

    private final Reader reader;
    private final Intervals intervals;

    /** The series of a camera mostly share their periods, and reading them is the costly part. */
    private final Map<Key, long[]> known = new HashMap<>();

    private record Key(String camera, List<Period> periods) {}

    Coverage(Reader reader, Intervals intervals) {
        this.reader = reader;
        this.intervals = intervals;
    }

    /** Milliseconds by interval; do not change them. */
    long[] analysed(Series series) throws SQLException {
        Key key = new Key(series.camera(), series.periods());
        long[] millis = known.get(key);
        if (millis == null) {
            millis = new long[intervals.count()];
            for (Period period : series.periods()) {
                add(series.camera(), period, millis);
            }
            known.put(key, millis);
        }
        return millis;
    }

    private void add(String camera, Period period, long[] millis) throws SQLException {
        for (int i = 0; i < millis.length; i++) {
            int index = i;
            long from = Math.max(period.since(), intervals.startOf(i));
            long to = Math.min(period.until(), intervals.endOf(i));
            if (from < to) {
                Stretch.split(
                        from,
                        to,
                        (unit, first, end) -> millis[index] += sum(camera, unit, first, end));
            }
        }
    }

    private long sum(String camera, Unit unit, long from, long to) throws SQLException {
        String sql = unit == Unit.DAY ? DAYS : MINUTES;
        try (ResultSet row = reader.prepared(sql, camera, from, to).executeQuery()) {
            return row.next() ? row.getLong(1) : 0;
        }
    }
}
