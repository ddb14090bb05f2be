package io.visionops.store.internal.write;

import io.visionops.api.journal.Fact;
import io.visionops.store.internal.sqlite.RowDigest;
import io.visionops.store.internal.sqlite.WriteConnection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** In which periods a line or a zone counted a label. */
final class CounterRows {

    static final String LINE = "line";
    static final String ZONE = "zone";

    private final WriteConnection connection;
    private final Row row;

    /** Those with a row in the table, as far as met; emptied when a transaction fails. */
    private final Set<Series> known = new HashSet<>();

    private record Series(String camera, String kind, String name, String label) {}

    CounterRows(WriteConnection connection, RowDigest digest) {
        this.connection = connection;
        this.row = new Row(connection, digest, "INSERT OR REPLACE", "counters", 7);
    }

    /** Opens a period for what is counted from now on, closes those of what no longer is. */
    void set(Fact.Counters counters) throws SQLException {
        long time = counters.time().toEpochMilli();
        Set<Series> wanted = new HashSet<>();
        for (String label : counters.labels()) {
            for (String line : counters.lines()) {
                wanted.add(new Series(counters.camera(), LINE, line, label));
            }
            for (String zone : counters.zones()) {
                wanted.add(new Series(counters.camera(), ZONE, zone, label));
            }
        }
        Map<Series, Long> open = open(counters.camera());
        for (Map.Entry<Series, Long> period : open.entrySet()) {
            if (!wanted.contains(period.getKey())) {
                long since = period.getValue();
                write(period.getKey(), since, Math.max(since, time));
            }
        }
        for (Series series : wanted) {
            Long since = open.get(series);
            // A clock that was set back starts an open period earlier, but not a second one.
            if (since != null && since > time) {
                delete(series, since);
            }
            if (since == null || since > time) {
                write(series, time, null);
            }
        }
    }

    /** Something was counted: a counter that was never announced has existed since then. */
    void ensure(String camera, String kind, String name, String label, long time)
            throws SQLException {
        Series series = new Series(camera, kind, name, label);
        if (known.contains(series)) {
            return;
        }
        if (!exists(series)) {
            write(series, Unit.MINUTE.start(time), null);
        }
        known.add(series);
    }

    void discard() {
        known.clear();
    }

    private Map<Series, Long> open(String camera) throws SQLException {
        PreparedStatement select =
                connection.prepared(
                        "SELECT kind, name, label, since FROM counters"
                                + " WHERE camera = ? AND until IS NULL");
        select.setString(1, camera);
        Map<Series, Long> open = new HashMap<>();
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                open.put(
                        new Series(camera, rows.getString(1), rows.getString(2), rows.getString(3)),
                        rows.getLong(4));
            }
        }
        return open;
    }

    private boolean exists(Series series) throws SQLException {
        PreparedStatement select =
                connection.prepared(
                        "SELECT 1 FROM counters"
                                + " WHERE camera = ? AND kind = ? AND name = ? AND label = ?");
        set(select, series);
        try (ResultSet found = select.executeQuery()) {
            return found.next();
        }
    }

    private void delete(Series series, long since) throws SQLException {
        PreparedStatement delete =
                connection.prepared(
                        "DELETE FROM counters WHERE camera = ? AND kind = ? AND name = ?"
                                + " AND label = ? AND since = ?");
        set(delete, series);
        delete.setLong(5, since);
        delete.executeUpdate();
    }

    private void write(Series series, long since, @Nullable Long until) throws SQLException {
        row.start().text(series.camera()).text(series.kind()).text(series.name());
        row.text(series.label()).integer(since);
        if (until == null) {
            row.none();
        } else {
            row.integer(until);
        }
        row.write();
    }

    private static void set(PreparedStatement statement, Series series) throws SQLException {
        statement.setString(1, series.camera());
        statement.setString(2, series.kind());
        statement.setString(3, series.name());
        statement.setString(4, series.label());
    }
}
