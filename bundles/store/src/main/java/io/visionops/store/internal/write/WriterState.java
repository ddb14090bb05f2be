package io.visionops.store.internal.write;

import java.time.Duration;
import java.util.Optional;

/**
 * How a {@link JournalWriter} does at one moment; totals since it was made.
 *
 * @param queued entries that wait for it
 * @param capacity how many can wait
 * @param busy a group is being written
 * @param commits groups that were written
 * @param commitP95 of a group commit, sync included
 * @param rejected entries for which there was no room
 * @param refused entries that can never be written
 * @param failures groups that were not written
 * @param trouble why the last group was not written; empty when it was
 */
public record WriterState(
        int queued,
        int capacity,
        boolean busy,
        long commits,
        Duration commitP95,
        long rejected,
        long refused,
        long failures,
        Optional<String> trouble) {}
