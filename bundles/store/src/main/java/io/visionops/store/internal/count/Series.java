package io.visionops.store.internal.count;

import io.visionops.api.query.CountQuery;
import io.visionops.store.internal.sqlite.Reader;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A line or zone that counts a label.
 *
 * @param periods in which it did, in order, without overlaps
 */
record Series(String camera, String name, String label, List<Period> periods) {

    /** Since when its camera is there: what it could not see before is no gap. */
    long cameraSince(Reader reader) throws SQLException {
        return KnownCameras.first(reader, Set.of(camera), periods.get(0).since());
    }

    /** The series that a query is about, ordered by camera, name and label. */
    static List<Series> matching(Reader reader, String kind, CountQuery query) throws SQLException {
        StringBuilder sql =
                new StringBuilder(
                        "SELECT camera, name, label, since, until FROM counters WHERE kind = ?");
        List<Object> parameters = new ArrayList<>(List.of(kind));
        also(sql, parameters, "camera", query.camera());
        also(sql, parameters, "name", query.area());
        also(sql, parameters, "label", query.label());
        sql.append(" ORDER BY camera, name, label, since");
        List<Series> all = new ArrayList<>();
        try (ResultSet row = reader.prepared(sql.toString(), parameters).executeQuery()) {
            while (row.next()) {
                Series next = of(row);
                int last = all.size() - 1;
                if (last >= 0 && all.get(last).isSame(next)) {
                    all.get(last).periods().addAll(next.periods());
                } else {
                    all.add(next);
                }
            }
        }
        return all.stream().map(Series::merged).toList();
    }

    private static Series of(ResultSet row) throws SQLException {
        long since = row.getLong(4);
        long until = row.getLong(5);
        Period period = new Period(since, row.wasNull() ? Long.MAX_VALUE : until);
        return new Series(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                new ArrayList<>(List.of(period)));
    }

    private boolean isSame(Series other) {
        return camera.equals(other.camera) && name.equals(other.name) && label.equals(other.label);
    }

    private Series merged() {
        return new Series(camera, name, label, Period.merge(periods));
    }

    private static void also(
            StringBuilder sql, List<Object> parameters, String column, Optional<String> value) {
        if (value.isPresent()) {
            sql.append(" AND ").append(column).append(" = ?");
            parameters.add(value.get());
        }
    }
}
