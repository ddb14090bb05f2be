package io.visionops.shell.internal.json;

import io.visionops.api.query.DatabaseStatistics;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * State of the database.
 *
 * @param rows by table
 * @param queued entries that wait to be written
 * @param commitP95Ms milliseconds of a group commit, 95th percentile
 * @param rejected entries refused because the queue was full
 * @param clockTrouble why old rows are not removed by the time of the clock
 */
public record DatabaseDocument(
        String file,
        long bytes,
        long walBytes,
        int schemaVersion,
        SortedMap<String, Long> rows,
        int queued,
        long commits,
        @Nullable Double commitP95Ms,
        long rejected,
        @Nullable String clockTrouble) {

    public static DatabaseDocument of(DatabaseStatistics statistics) {
        return new DatabaseDocument(
                statistics.file(),
                statistics.bytes(),
                statistics.walBytes(),
                statistics.schemaVersion(),
                new TreeMap<>(statistics.rows()),
                statistics.queued(),
                statistics.commits(),
                Json.round(statistics.commitP95().toNanos() / 1e6, 2),
                statistics.rejected(),
                statistics.clockTrouble().orElse(null));
    }
}
