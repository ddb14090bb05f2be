package io.visionops.store.internal;

import io.visionops.store.internal.sqlite.Reader;
import io.visionops.store.internal.write.Sequence;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** When something was written last. */
final class NewestRow {

    private static final List<String> TABLES = List.of("events", "tracks", "camera_states");

    private NewestRow() {}

    /** Empty for a database without rows that grow old. */
    static Optional<Instant> time(Reader reader) throws SQLException {
        long newest = 0;
        for (String table : TABLES) {
            try (ResultSet row = reader.prepared("SELECT max(seq) FROM " + table).executeQuery()) {
                newest = Math.max(newest, row.next() ? row.getLong(1) : 0);
            }
        }
        return newest == 0
                ? Optional.empty()
                : Optional.of(Instant.ofEpochMilli(Sequence.time(newest)));
    }
}
