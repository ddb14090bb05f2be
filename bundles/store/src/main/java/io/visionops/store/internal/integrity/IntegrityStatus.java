package io.visionops.store.internal.integrity;

import io.visionops.api.database.IntegrityDamage;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is known of the integrity of a database.
 *
 * @param damage that is not repaired
 * @param checked when the last pass over all rows ended
 * @param checkedFull when the structure of the file and the search index were checked too
 * @param repaired when it was made anew
 * @param repair what came of that
 * @param lost whether rows could not be saved, and no backup was put in place since
 */
public record IntegrityStatus(
        List<IntegrityDamage> damage,
        Optional<Instant> checked,
        Optional<Instant> checkedFull,
        Optional<Instant> repaired,
        String repair,
        boolean lost) {

    public static final IntegrityStatus UNKNOWN =
            new IntegrityStatus(
                    List.of(), Optional.empty(), Optional.empty(), Optional.empty(), "", false);

    public IntegrityStatus {
        damage = List.copyOf(damage);
    }
}
