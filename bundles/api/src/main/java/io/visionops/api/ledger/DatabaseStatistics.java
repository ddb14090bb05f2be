package io.visionops.api.ledger;

import java.time.Duration;
import java.util.Map;

/**
 * State of the database.
 *
 * @param bytes of the database file
 * @param walBytes of its write-ahead log
 * @param schemaVersion number of the last migration
 * @param rows by table
 * @param queued entries waiting for the writer
 * @param commits groups written since the start
 * @param commitP95 of a group commit, sync included
 * @param rejected entries refused because the queue was full
 */
public record DatabaseStatistics(
        String file,
        long bytes,
        long walBytes,
        int schemaVersion,
        Map<String, Long> rows,
        int queued,
        long commits,
        Duration commitP95,
        long rejected) {

    public DatabaseStatistics {
        rows = Map.copyOf(rows);
    }
}
