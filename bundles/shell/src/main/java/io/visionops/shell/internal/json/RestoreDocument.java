package io.visionops.shell.internal.json;

import io.visionops.api.backup.RestorePlan;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a restore does, and how far it is.
 *
 * @param status null where nothing was begun
 */
public record RestoreDocument(
        String file,
        Instant time,
        String version,
        int schemaVersion,
        long databaseBytes,
        Map<String, Long> rows,
        List<String> configuration,
        List<String> models,
        long diskBytes,
        List<String> steps,
        @Nullable BackupStatusDocument status) {

    public static RestoreDocument of(RestorePlan plan, @Nullable BackupStatusDocument status) {
        return new RestoreDocument(
                plan.file(),
                plan.time(),
                plan.version(),
                plan.schemaVersion(),
                plan.databaseBytes(),
                new TreeMap<>(plan.rows()),
                plan.configuration(),
                plan.models(),
                plan.diskBytes(),
                plan.steps(),
                status);
    }
}
