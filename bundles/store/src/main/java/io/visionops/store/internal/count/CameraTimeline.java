package io.visionops.store.internal.count;

import io.visionops.api.journal.Fact.Sight;
import io.visionops.api.query.Coverage;
import io.visionops.store.internal.coverage.Balance;
import io.visionops.store.internal.coverage.CoverageSource;
import io.visionops.store.internal.coverage.Outage;
import io.visionops.store.internal.coverage.Span;
import io.visionops.store.internal.coverage.SpanTable;
import io.visionops.store.internal.sqlite.Reader;
import io.visionops.store.internal.write.Unit;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What was expected of a camera and what became of it. For one query. */
public final class CameraTimeline {

    public static final String EXPECTED = "SELECT since, until FROM expected WHERE camera = ?";

    private final Reader reader;
    private final String camera;
    private final CameraTime time;
    private final MetricReader metrics;
    private final List<Period> expected;
    private final long now;

    /**
     * @param now milliseconds since 1970; what is younger than {@link Coverage#SETTLED} is left out
     */
    CameraTimeline(Reader reader, String camera, long now) throws SQLException {
        this.reader = reader;
        this.camera = camera;
        this.time = new CameraTime(reader, camera);
        this.metrics = new MetricReader(reader, camera);
        this.expected = expected(reader, camera);
        this.now = now;
    }

    private static List<Period> expected(Reader reader, String camera) throws SQLException {
        List<Period> periods = new ArrayList<>();
        try (ResultSet row = reader.prepared(EXPECTED, camera).executeQuery()) {
            while (row.next()) {
                long since = row.getLong(1);
                long until = row.getLong(2);
                periods.add(new Period(since, row.wasNull() ? Long.MAX_VALUE : until));
            }
        }
        return Period.merge(periods);
    }

    String camera() {
        return camera;
    }

    /** What its stream was like. */
    MetricReader metrics() {
        return metrics;
    }

    boolean isExpectedNow() {
        return expected.stream().anyMatch(one -> one.since() <= now && now < one.until());
    }

    /** Where the expected time went, and what else is accounted for. */
    Balance balance(long from, long to) throws SQLException {
        Balance balance = new Balance();
        long at = from;
        long end = Math.min(to, now - Coverage.SETTLED.toMillis());
        for (Period period : expected) {
            long since = Math.max(at, period.since());
            long until = Math.min(end, period.until());
            if (since < until) {
                balance.add(time.between(at, since));
                Balance known = time.between(since, until);
                balance.add(known);
                long rest = until - since - known.millis();
                balance.add(Sight.BLIND, Coverage.NOT_RUNNING, rest, 0);
                at = until;
            }
        }
        balance.add(time.between(at, Math.max(at, end)));
        // Behind the present lies what was told before a clock was set back, or of a file.
        long future = Math.max(from, now);
        balance.add(time.between(future, Math.max(future, to)));
        return balance;
    }

    /**
     * The outages that begin within a time, to their ends, and the one that it begins in. That one
     * may have begun before a time in which VisionOps did not run: such a time ends no outage.
     */
    List<Outage> outages(long from, long to) throws SQLException {
        long length = Unit.DAY.length();
        List<Span> feed = feed(SpanTable.FROM_BEFORE, from, to + length);
        while (!feed.isEmpty()
                && feed.get(feed.size() - 1).sight() == Sight.BLIND
                && to + length < now) {
            length *= 2;
            feed = feed(SpanTable.FROM_BEFORE, from, to + length);
        }
        return Outage.of(feed);
    }

    /** What the feed has told of a time, also what reaches into it. */
    List<Span> feed(long from, long to) throws SQLException {
        return feed(SpanTable.TOUCHING, from, to);
    }

    private List<Span> feed(String sql, long from, long to) throws SQLException {
        try (ResultSet rows =
                reader.prepared(sql, camera, CoverageSource.FEED.word(), from, to).executeQuery()) {
            return SpanTable.read(rows);
        }
    }
}
