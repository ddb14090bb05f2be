package io.visionops.api.database;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the one who looks after a database knows of it.
 *
 * @param pageBytes size of a page
 * @param pages of the file
 * @param freePages of these, that hold nothing
 * @param shrinks whether free pages can be given back without writing the file anew
 * @param commitP50 half of the last thousand commits were not slower
 * @param commitP99 99 of 100 were not slower
 * @param rowsPerHour written into each table since the database was opened
 * @param slowest statements that read, the slowest first
 * @param reserve whether the room that is kept for a full disk is there
 * @param lastMaintenance when it ended
 * @param lastCheck when the last pass over all rows ended
 * @param lastFullCheck when the structure and the search index were checked too
 * @param damage that is known and not repaired
 */
public record DatabaseFigures(
        int pageBytes,
        long pages,
        long freePages,
        boolean shrinks,
        Duration commitP50,
        Duration commitP99,
        Map<String, Double> rowsPerHour,
        List<SlowQuery> slowest,
        boolean reserve,
        Optional<Instant> lastMaintenance,
        Optional<Instant> lastCheck,
        Optional<Instant> lastFullCheck,
        List<IntegrityDamage> damage) {

    public DatabaseFigures {
        rowsPerHour = Map.copyOf(rowsPerHour);
        slowest = List.copyOf(slowest);
        damage = List.copyOf(damage);
    }
}
