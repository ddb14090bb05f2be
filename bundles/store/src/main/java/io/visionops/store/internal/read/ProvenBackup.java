package io.visionops.store.internal.read;

import io.visionops.store.internal.sqlite.Reader;
import io.visionops.store.internal.write.Sequence;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** What the backups have recorded. */
public final class ProvenBackup {

    static final String LAST =
            "SELECT seq FROM records WHERE kind = 'backup' AND json_extract(body, '$.good') AND"
                    + " json_extract(body, '$.work') IN ('backup', 'verify') ORDER BY seq DESC LIMIT"
                    + " 1";

    private ProvenBackup() {}

    /** When the last one was proven by a restore. */
    public static Optional<Instant> last(Reader reader) throws SQLException {
        try (ResultSet row = reader.prepared(LAST).executeQuery()) {
            return row.next()
                    ? Optional.of(Instant.ofEpochMilli(Sequence.time(row.getLong(1))))
                    : Optional.empty();
        }
    }
}
