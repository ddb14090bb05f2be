package io.visionops.shell.internal.json;

import io.visionops.api.database.IntegrityDamage;
import io.visionops.api.database.IntegrityResult;
import java.time.Instant;
import java.util.List;

/**
 * What a check of the database has found.
 *
 * @param full whether the structure of the file and the search index were checked too
 * @param rows that were compared with their checksums
 */
public record IntegrityDocument(
        boolean good,
        boolean full,
        Instant begun,
        long millis,
        long rows,
        List<IntegrityDamage> damage) {

    public static IntegrityDocument of(IntegrityResult result) {
        return new IntegrityDocument(
                result.damage().isEmpty(),
                result.full(),
                result.begun(),
                result.took().toMillis(),
                result.rows(),
                result.damage());
    }
}
