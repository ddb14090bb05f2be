package io.visionops.store.internal.read;

import io.visionops.store.internal.sqlite.Reader;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How long each interval was analysed while a series was counted. For one query. */
final class Coverage {

    /** A minute that a period or the end of the query cuts counts with what is left of it. */
    static final String SELECT =
            "SELECT (max(minute, ?1) - ?1) / ?2,"
                    + " sum(min(analysed_ms, min(minute + 60000, ?5) - max(minute, ?4)))"
                    + " FROM coverage WHERE camera = ?3 AND minute > ?4 - 60000 AND minute < ?5"
                    + " GROUP BY 1";

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
        long from = Math.max(period.since(), intervals.start());
        long to = Math.min(period.until(), intervals.end());
        if (from >= to) {
            return;
        }
        try (ResultSet row =
                reader.prepared(SELECT, intervals.start(), intervals.length(), camera, from, to)
                        .executeQuery()) {
            while (row.next()) {
                millis[row.getInt(1)] += row.getLong(2);
            }
        }
    }
}
