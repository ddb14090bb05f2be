package io.visionops.shell.internal.json;

import io.visionops.api.backup.BackupInfo;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A backup.
 *
 * @param proven when it was last restored on trial; null when it was not, or that failed
 * @param trouble why that failed
 */
public record BackupRow(
        String id,
        String kind,
        Instant time,
        long bytes,
        long databaseBytes,
        @Nullable Instant proven,
        String trouble,
        String file) {

    public static BackupRow of(BackupInfo backup) {
        return new BackupRow(
                backup.id(),
                backup.kind(),
                backup.time(),
                backup.bytes(),
                backup.databaseBytes(),
                backup.proven().orElse(null),
                backup.trouble(),
                backup.file());
    }
}
