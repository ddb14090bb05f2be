package io.visionops.store.internal.write;

import io.visionops.store.internal.coverage.Balance;
import io.visionops.store.internal.coverage.CoverageMerge;
import io.visionops.store.internal.coverage.CoverageSource;
import io.visionops.store.internal.coverage.Span;
import io.visionops.store.internal.coverage.SpanTable;
import io.visionops.store.internal.sqlite.RowDigest;
import io.visionops.store.internal.sqlite.WriteConnection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Where the time of whole days went, so that a year reads in time: reckoned anew from the day's
 * stretches whenever one of them changes.
 */
public final class BalanceRows {

    private final WriteConnection connection;
    private final Row row;
    private final Set<Day> changed = new HashSet<>();

    private record Day(String camera, long start) {}

    public BalanceRows(WriteConnection connection, RowDigest digest) {
        this.connection = connection;
        this.row = new Row(connection, digest, "INSERT", "accounts_by_day", 7);
    }

    /** The account of a stretch of time is another one now. */
    public void changed(String camera, long since, long until) {
        for (long day = Unit.DAY.start(since); day < until; day += Unit.DAY.length()) {
            changed.add(new Day(camera, day));
        }
    }

    public void flush() throws SQLException {
        for (Day day : changed) {
            write(day);
        }
        changed.clear();
    }

    void discard() {
        changed.clear();
    }

    private void write(Day day) throws SQLException {
        PreparedStatement delete =
                connection.prepared("DELETE FROM accounts_by_day WHERE camera = ? AND day = ?");
        delete.setString(1, day.camera());
        delete.setLong(2, day.start());
        delete.executeUpdate();
        long end = day.start() + Unit.DAY.length();
        List<Span> feed = spans(day, end, CoverageSource.FEED);
        Balance balance =
                CoverageMerge.of(feed, spans(day, end, CoverageSource.ANALYSIS), day.start(), end);
        for (Balance.Item item : balance.items()) {
            row.start().text(day.camera()).integer(day.start());
            row.text(item.sight().word()).text(item.cause());
            row.integer(item.millis()).integer(item.seen()).write();
        }
    }

    private List<Span> spans(Day day, long end, CoverageSource side) throws SQLException {
        PreparedStatement select = connection.prepared(SpanTable.TOUCHING);
        select.setString(1, day.camera());
        select.setString(2, side.word());
        select.setLong(3, day.start());
        select.setLong(4, end);
        try (ResultSet rows = select.executeQuery()) {
            return SpanTable.read(rows);
        }
    }
}
