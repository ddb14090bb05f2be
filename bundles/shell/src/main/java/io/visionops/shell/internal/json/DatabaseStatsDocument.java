package io.visionops.shell.internal.json;

import io.visionops.api.database.DatabaseFigures;
import io.visionops.api.database.SlowQuery;
import io.visionops.api.query.DatabaseStatistics;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * State of the database, and how it is looked after.
 *
 * @param freeBytes of the file, that hold nothing
 * @param shrinks whether these can be given back without writing the file anew
 * @param rows by table
 * @param rowsPerHour written into each table since the database was opened
 * @param queued entries that wait to be written
 * @param commitP50Ms milliseconds of a group commit; likewise the others
 * @param rejected entries refused because the queue was full
 * @param clockTrouble why old rows are not removed by the time of the clock
 * @param reserve whether the room for a full disk is there
 * @param lastCheck when all rows were compared with their checksums
 * @param lastFullCheck when the structure of the file and the search index were checked too
 * @param damage that is known and not repaired
 * @param slowest statements that read, the slowest first
 */
public record DatabaseStatsDocument(
        String file,
        long bytes,
        long walBytes,
        long freeBytes,
        boolean shrinks,
        int schemaVersion,
        SortedMap<String, Long> rows,
        SortedMap<String, Double> rowsPerHour,
        int queued,
        long commits,
        @Nullable Double commitP50Ms,
        @Nullable Double commitP95Ms,
        @Nullable Double commitP99Ms,
        long rejected,
        @Nullable String clockTrouble,
        boolean reserve,
        @Nullable Instant lastMaintenance,
        @Nullable Instant lastCheck,
        @Nullable Instant lastFullCheck,
        List<String> damage,
        List<Slow> slowest) {

    /** A statement that reads. */
    public record Slow(
            String sql, long count, @Nullable Double meanMs, @Nullable Double longestMs) {}

    public static DatabaseStatsDocument of(DatabaseStatistics statistics, DatabaseFigures figures) {
        SortedMap<String, Double> rates = new TreeMap<>();
        figures.rowsPerHour().forEach((table, rate) -> rates.put(table, Math.rint(rate)));
        return new DatabaseStatsDocument(
                statistics.file(),
                statistics.bytes(),
                statistics.walBytes(),
                figures.freePages() * figures.pageBytes(),
                figures.shrinks(),
                statistics.schemaVersion(),
                new TreeMap<>(statistics.rows()),
                rates,
                statistics.queued(),
                statistics.commits(),
                Json.round(figures.commitP50().toNanos() / 1e6, 2),
                Json.round(statistics.commitP95().toNanos() / 1e6, 2),
                Json.round(figures.commitP99().toNanos() / 1e6, 2),
                statistics.rejected(),
                statistics.clockTrouble().orElse(null),
                figures.reserve(),
                figures.lastMaintenance().orElse(null),
                figures.lastCheck().orElse(null),
                figures.lastFullCheck().orElse(null),
                figures.damage().stream().map(one -> one.inWords()).toList(),
                figures.slowest().stream().map(DatabaseStatsDocument::slow).toList());
    }

    private static Slow slow(SlowQuery query) {
        return new Slow(
                query.sql(),
                query.count(),
                Json.round(query.mean().toNanos() / 1e6, 2),
                Json.round(query.longest().toNanos() / 1e6, 2));
    }
}
