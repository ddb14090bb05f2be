package io.visionops.store.internal.count;

import io.visionops.store.internal.sqlite.Reader;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The cameras that were ever expected or accounted for. */
public final class KnownCameras {

    /** The next name, so that the few cameras are found without a look at their many rows. */
    public static final List<String> NAMES =
            List.of(
                    "SELECT min(camera) FROM accounts WHERE camera > ?",
                    "SELECT min(camera) FROM expected WHERE camera > ?");

    public static final List<String> FIRST =
            List.of(
                    "SELECT min(since) FROM accounts WHERE camera = ? AND side = 'feed'",
                    "SELECT min(since) FROM accounts WHERE camera = ? AND side = 'analysis'",
                    "SELECT min(since) FROM expected WHERE camera = ?");

    private KnownCameras() {}

    /** In the order of their names. */
    static Set<String> names(Reader reader, Optional<String> only) throws SQLException {
        Set<String> cameras = new TreeSet<>();
        for (String next : NAMES) {
            Optional<String> name = next(reader, next, "");
            while (name.isPresent()) {
                cameras.add(name.get());
                name = next(reader, next, name.get());
            }
        }
        only.ifPresent(camera -> cameras.retainAll(Set.of(camera)));
        return cameras;
    }

    /** When the first record of any of them is; {@code now} when there is none. */
    static long first(Reader reader, Set<String> cameras, long now) throws SQLException {
        long first = now;
        for (String camera : cameras) {
            for (String sql : FIRST) {
                try (ResultSet row = reader.prepared(sql, camera).executeQuery()) {
                    long since = row.next() ? row.getLong(1) : now;
                    first = row.wasNull() ? first : Math.min(first, since);
                }
            }
        }
        return first;
    }

    private static Optional<String> next(Reader reader, String sql, String after)
            throws SQLException {
        try (ResultSet row = reader.prepared(sql, after).executeQuery()) {
            return row.next() ? Optional.ofNullable(row.getString(1)) : Optional.empty();
        }
    }
}
