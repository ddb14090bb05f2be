package io.visionops.api.database;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What a check of the database has found.
 *
 * @param full whether the structure of the file and the search index were checked too
 * @param rows whose checksums were computed again
 * @param damage the first places that were found; empty when all is sound
 */
public record IntegrityResult(
        Instant begun, Duration took, boolean full, long rows, List<IntegrityDamage> damage) {

    public IntegrityResult {
        damage = List.copyOf(damage);
    }
}
