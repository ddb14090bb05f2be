package io.visionops.shell.internal.json;

import io.visionops.api.backup.BackupStatus;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How far a backup or a restore is.
 *
 * @param stage {@code idle}, {@code copying}, {@code writing}, {@code reading}, {@code checking},
 *     {@code replacing}, {@code done} or {@code failed}
 * @param next when the next backup is made by itself; null when none is
 */
public record BackupStatusDocument(
        String stage,
        String work,
        String id,
        String detail,
        long bytes,
        long totalBytes,
        Instant since,
        String target,
        @Nullable Instant next) {

    public static BackupStatusDocument of(BackupStatus status) {
        return new BackupStatusDocument(
                status.stage().name().toLowerCase(Locale.ROOT),
                status.work(),
                status.id(),
                status.detail(),
                status.bytes(),
                status.totalBytes(),
                status.since(),
                status.target(),
                status.next().orElse(null));
    }
}
