package io.visionops.store.internal.count;

import io.visionops.store.internal.coverage.Balance;
import io.visionops.store.internal.coverage.CoverageMerge;
import io.visionops.store.internal.coverage.CoverageSource;
import io.visionops.store.internal.coverage.Span;
import io.visionops.store.internal.coverage.SpanTable;
import io.visionops.store.internal.sqlite.Reader;
import io.visionops.store.internal.write.Unit;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/**
 * Where the time of one camera went: whole days by their sums, the rest by its stretches. For one
 * query.
 */
public final class CameraTime {

    public static final String DAYS =
            "SELECT sight, cause, sum(ms), sum(seen_ms) FROM accounts_by_day"
                    + " WHERE camera = ? AND day >= ? AND day < ? GROUP BY sight, cause";

    private final Reader reader;
    private final String camera;

    /** The stretches of the day that was asked for last: intervals are asked for in order. */
    private long day = -1;

    private List<Span> feed = List.of();
    private List<Span> analysis = List.of();

    CameraTime(Reader reader, String camera) {
        this.reader = reader;
        this.camera = camera;
    }

    /** What is accounted for from {@code from} to {@code to}. */
    Balance between(long from, long to) throws SQLException {
        Balance balance = new Balance();
        Stretch.split(
                from,
                to,
                (unit, first, end) -> {
                    if (unit == Unit.DAY) {
                        addDays(balance, first, end);
                    } else {
                        addStretches(balance, first, end);
                    }
                });
        return balance;
    }

    private void addDays(Balance balance, long from, long to) throws SQLException {
        try (ResultSet row = reader.prepared(DAYS, camera, from, to).executeQuery()) {
            while (row.next()) {
                balance.add(
                        SpanTable.sight(row.getString(1)),
                        row.getString(2),
                        row.getLong(3),
                        row.getLong(4));
            }
        }
    }

    /** Less than two days, or they would be added by their sums. */
    private void addStretches(Balance balance, long from, long to) throws SQLException {
        for (long start = from; start < to; start = Unit.DAY.start(start) + Unit.DAY.length()) {
            long end = Math.min(to, Unit.DAY.start(start) + Unit.DAY.length());
            load(Unit.DAY.start(start));
            balance.add(CoverageMerge.of(feed, analysis, start, end));
        }
    }

    private void load(long start) throws SQLException {
        if (day != start) {
            feed = spans(CoverageSource.FEED, start);
            analysis = spans(CoverageSource.ANALYSIS, start);
            day = start;
        }
    }

    private List<Span> spans(CoverageSource side, long start) throws SQLException {
        long end = start + Unit.DAY.length();
        try (ResultSet rows =
                reader.prepared(SpanTable.TOUCHING, camera, side.word(), start, end)
                        .executeQuery()) {
            return SpanTable.read(rows);
        }
    }
}
