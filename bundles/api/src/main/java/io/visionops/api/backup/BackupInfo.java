package io.visionops.api.backup;

import java.time.Instant;
import java.util.Optional;

/**
 * One backup.
 *
 * @param id name of its file without the ending
 * @param kind {@code full} or {@code increment}
 * @param time when the database was copied
 * @param bytes of the file
 * @param databaseBytes of the database in it; 0 where that is not known
 * @param proven when it was last restored on trial; empty when it was not, or that failed
 * @param trouble why the trial failed; empty when it did not
 * @param file its path
 */
public record BackupInfo(
        String id,
        String kind,
        Instant time,
        long bytes,
        long databaseBytes,
        Optional<Instant> proven,
        String trouble,
        String file) {

    public static final String FULL = "full";
    public static final String INCREMENT = "increment";

    /** Is it worth something by itself? */
    public boolean isFull() {
        return kind.equals(FULL);
    }
}
