package io.visionops.store.internal.write;

import io.visionops.api.journal.Fact;
import io.visionops.store.internal.sqlite.RowDigest;
import io.visionops.store.internal.sqlite.WriteConnection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Figures of cameras' streams: what is measured in one hour becomes its weighted mean. */
final class MetricRows {

    static final String BEFORE =
            "SELECT value, weight FROM metrics_history"
                    + " WHERE camera = ? AND metric = ? AND hour = ?";

    private static final long HOUR = 3_600_000;

    private final WriteConnection connection;
    private final Row row;

    MetricRows(WriteConnection connection, RowDigest digest) {
        this.connection = connection;
        this.row = new Row(connection, digest, "INSERT OR REPLACE", "metrics_history", 6);
    }

    void add(Fact.Measured fact) throws SQLException {
        if (!Double.isFinite(fact.value()) || fact.weight() <= 0) {
            throw new IllegalArgumentException(
                    fact.metric() + " " + fact.value() + " of weight " + fact.weight());
        }
        long hour = Math.floorDiv(fact.at().toEpochMilli(), HOUR) * HOUR;
        double value = fact.value();
        long weight = fact.weight();
        PreparedStatement select = connection.prepared(BEFORE);
        select.setString(1, fact.camera());
        select.setString(2, fact.metric().word());
        select.setLong(3, hour);
        try (ResultSet before = select.executeQuery()) {
            if (before.next()) {
                long sum = weight + before.getLong(2);
                value += (before.getDouble(1) - value) * before.getLong(2) / sum;
                weight = sum;
            }
        }
        row.start().text(fact.camera()).text(fact.metric().word()).integer(hour);
        row.real(value).integer(weight).write();
    }
}
