package io.visionops.store.internal.write;

import io.visionops.api.journal.Fact;
import io.visionops.api.journal.Fact.Sight;
import io.visionops.store.internal.coverage.CoverageSource;
import io.visionops.store.internal.coverage.Span;
import io.visionops.store.internal.coverage.SpanTable;
import io.visionops.store.internal.sqlite.RowDigest;
import io.visionops.store.internal.sqlite.WriteConnection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What became of cameras' time, as stretches that do not overlap: a new one takes the place of what
 * was told of its time before, and grows together with its neighbours where that loses nothing.
 */
final class AccountRows {

    /** Nobody tells of more at once; such a stretch is a fault of its writer. */
    private static final Duration LONGEST = Duration.ofDays(1);

    /**
     * Rows that begin within one minute on one side. A stream that stutters would fill the disk: of
     * more, those that are alike are written as one that was seen in part.
     */
    private static final int MOST_IN_MINUTE = 12;

    /** What is bridged then: less than it takes to call a camera lost. */
    private static final long BRIDGED = 2_000;

    private static final String COUNT =
            "SELECT count(*) FROM accounts"
                    + " WHERE camera = ? AND side = ? AND since >= ? AND since < ?";

    private final WriteConnection connection;
    private final Row row;
    private final BalanceRows balances;

    AccountRows(WriteConnection connection, RowDigest digest) {
        this.connection = connection;
        this.row = new Row(connection, digest, "INSERT OR REPLACE", "accounts", 8);
        this.balances = new BalanceRows(connection, digest);
    }

    void add(Fact.Account account) throws SQLException {
        check(account.length());
        Optional<Span> span =
                span(
                        account.from(),
                        account.length(),
                        account.sight(),
                        account.cause(),
                        account.seen());
        if (span.isPresent()) {
            put(account.camera(), CoverageSource.FEED, span.get());
        }
    }

    void add(Fact.Watched watched) throws SQLException {
        check(watched.length());
        Optional<Span> span =
                span(watched.from(), watched.length(), Sight.WATCHED, "", watched.length());
        if (span.isPresent()) {
            put(watched.camera(), CoverageSource.ANALYSIS, span.get());
        }
    }

    void flush() throws SQLException {
        balances.flush();
    }

    void discard() {
        balances.discard();
    }

    private static void check(Duration length) {
        if (length.isNegative() || length.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "a stretch of " + length + ": from 0 to one day is allowed");
        }
    }

    /** The ends are rounded, not the length: nothing is lost between stretches in a row. */
    private static Optional<Span> span(
            Instant from, Duration length, Sight sight, String cause, Duration seen) {
        long since = from.toEpochMilli();
        long until = from.plus(length).toEpochMilli();
        if (since >= until) {
            return Optional.empty();
        }
        long millis =
                switch (sight) {
                    case WATCHED -> until - since;
                    case DEGRADED -> Math.max(0, Math.min(until - since, seen.toMillis()));
                    case BLIND -> 0;
                };
        return Optional.of(new Span(since, until, sight, cause, millis));
    }

    private void put(String camera, CoverageSource side, Span span) throws SQLException {
        Span before = null;
        Span after = null;
        for (Span old : touching(camera, side, span.since() - BRIDGED, span.until())) {
            boolean overlaps = old.until() > span.since() && old.since() < span.until();
            if (overlaps) {
                delete(camera, side, old.since());
            }
            // In the order of time, so these end up as the nearest ones.
            Optional<Span> left = old.before(span.since());
            Optional<Span> right = old.after(span.until());
            before = left.orElse(before);
            after = right.orElse(after);
            for (Span rest : List.of(left, right).stream().flatMap(Optional::stream).toList()) {
                if (overlaps) {
                    insert(camera, side, rest);
                }
            }
        }
        Span grown = before == null ? span : joined(camera, side, before, span).orElse(span);
        Optional<Span> more = after == null ? Optional.empty() : grown.joined(after);
        if (after != null && more.isPresent()) {
            delete(camera, side, after.since());
        }
        // Where it has grown at its start it replaces the row that began there.
        insert(camera, side, more.orElse(grown));
        balances.changed(camera, span.since(), span.until());
    }

    private Optional<Span> joined(String camera, CoverageSource side, Span before, Span after)
            throws SQLException {
        Optional<Span> joined = before.joined(after);
        if (joined.isPresent() || after.since() - before.until() > BRIDGED) {
            return joined;
        }
        Optional<Span> bridged = before.bridged(after);
        return bridged.isPresent() && isMinuteFull(camera, side, after.since())
                ? bridged
                : Optional.empty();
    }

    private boolean isMinuteFull(String camera, CoverageSource side, long time)
            throws SQLException {
        PreparedStatement count = connection.prepared(COUNT);
        count.setString(1, camera);
        count.setString(2, side.word());
        long minute = Unit.MINUTE.start(time);
        count.setLong(3, minute);
        count.setLong(4, minute + Unit.MINUTE.length());
        try (ResultSet found = count.executeQuery()) {
            return found.next() && found.getInt(1) >= MOST_IN_MINUTE;
        }
    }

    private List<Span> touching(String camera, CoverageSource side, long from, long to)
            throws SQLException {
        PreparedStatement select = connection.prepared(SpanTable.TOUCHING);
        select.setString(1, camera);
        select.setString(2, side.word());
        select.setLong(3, from);
        select.setLong(4, to);
        try (ResultSet rows = select.executeQuery()) {
            return SpanTable.read(rows);
        }
    }

    private void delete(String camera, CoverageSource side, long since) throws SQLException {
        PreparedStatement delete =
                connection.prepared(
                        "DELETE FROM accounts WHERE camera = ? AND side = ? AND since = ?");
        delete.setString(1, camera);
        delete.setString(2, side.word());
        delete.setLong(3, since);
        delete.executeUpdate();
    }

    private void insert(String camera, CoverageSource side, Span span) throws SQLException {
        row.start().text(camera).text(side.word()).integer(span.since()).integer(span.until());
        row.text(span.sight().word()).text(span.cause()).integer(span.seen()).write();
    }
}
