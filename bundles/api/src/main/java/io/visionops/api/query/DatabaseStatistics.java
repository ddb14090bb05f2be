package io.visionops.api.query;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

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
 * @param clockTrouble why old rows are not removed by the time of the clock; empty when they are
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
        long rejected,
        Optional<String> clockTrouble) {

    public DatabaseStatistics {
        rows = Map.copyOf(rows);
    }

    /** With a clock that is believed. */
    public DatabaseStatistics(
            String file,
            long bytes,
            long walBytes,
            int schemaVersion,
            Map<String, Long> rows,
            int queued,
            long commits,
            Duration commitP95,
            long rejected) {
        this(
                file,
                bytes,
                walBytes,
                schemaVersion,
                rows,
                queued,
                commits,
                commitP95,
                rejected,
                Optional.empty());
    }
}
