package io.visionops.store.internal.count;

import io.visionops.store.internal.sqlite.Reader;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** From when to when there are records of some series. */
public final class Extent {

    /** The minute that the last stretch ends in: they do not overlap, so it began last. */
    public static final String LAST_ANALYSED =
            "SELECT (until - 1) / 60000 * 60000 FROM accounts"
                    + " WHERE camera = ? AND side = 'analysis' ORDER BY since DESC LIMIT 1";

    private final Reader reader;
    private long first = Long.MAX_VALUE;
    private long end = Long.MIN_VALUE;

    /**
     * @param end the present: the extent reaches it in any case
     */
    Extent(Reader reader, long end) {
        this.reader = reader;
        this.end = end;
    }

    long first() {
        return Math.min(first, end);
    }

    /** Exclusive; behind the present where a clock was set back. */
    long end() {
        return end;
    }

    void add(Series series) throws SQLException {
        first = Math.min(first, series.periods().get(0).since());
        addLast(LAST_ANALYSED, List.of(series.camera()));
    }

    /**
     * @param firstSql selects the first minute of a series
     * @param lastSql selects its last minute
     */
    void add(String firstSql, String lastSql, List<?> parameters) throws SQLException {
        try (ResultSet row = reader.prepared(firstSql, parameters).executeQuery()) {
            long minute = row.next() ? row.getLong(1) : 0;
            // A series that began within its first minute began then and not before.
            if (!row.wasNull() && first - minute >= 60_000) {
                first = minute;
            }
        }
        addLast(lastSql, parameters);
    }

    private void addLast(String sql, List<?> parameters) throws SQLException {
        try (ResultSet row = reader.prepared(sql, parameters).executeQuery()) {
            if (row.next()) {
                long minute = row.getLong(1);
                // Only a minute that has not begun yet lies behind the present; the running one
                // does not.
                if (!row.wasNull() && minute >= end) {
                    end = minute + 60_000;
                }
            }
        }
    }
}
