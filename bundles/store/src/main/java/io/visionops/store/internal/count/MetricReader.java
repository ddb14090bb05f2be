package io.visionops.store.internal.count;

import io.visionops.api.journal.Fact.Metric;
import io.visionops.store.internal.sqlite.Reader;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.OptionalDouble;

/** Figures of a camera's stream. For one query. */
public final class MetricReader {

    public static final String HOURS =
            "SELECT hour, value FROM metrics_history"
                    + " WHERE camera = ? AND metric = ? AND hour >= ? AND hour < ?";

    public static final String MEAN =
            "SELECT sum(value * weight) / sum(weight) FROM metrics_history"
                    + " WHERE camera = ? AND metric = ? AND hour >= ? AND hour < ?";

    private static final long HOUR = 3_600_000;

    private final Reader reader;
    private final String camera;

    MetricReader(Reader reader, String camera) {
        this.reader = reader;
        this.camera = camera;
    }

    /**
     * By hour; not a number where nothing was measured.
     *
     * @param start of the first hour
     * @param end of the last one
     */
    double[] hours(Metric metric, long start, long end) throws SQLException {
        double[] hours = new double[(int) ((end - start) / HOUR)];
        Arrays.fill(hours, Double.NaN);
        try (ResultSet row =
                reader.prepared(HOURS, camera, metric.word(), start, end).executeQuery()) {
            while (row.next()) {
                hours[(int) ((row.getLong(1) - start) / HOUR)] = row.getDouble(2);
            }
        }
        return hours;
    }

    /** The weighted mean of the hours that begin within a time. */
    OptionalDouble mean(Metric metric, long from, long to) throws SQLException {
        try (ResultSet row =
                reader.prepared(MEAN, camera, metric.word(), from, to).executeQuery()) {
            double mean = row.next() ? row.getDouble(1) : 0;
            return row.wasNull() ? OptionalDouble.empty() : OptionalDouble.of(mean);
        }
    }
}
