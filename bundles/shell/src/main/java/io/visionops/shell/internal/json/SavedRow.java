package io.visionops.shell.internal.json;

import io.visionops.support.checkpoint.CheckpointRound.Saved;
import java.util.ArrayList;
import java.util.List;

/**
 * What came of the state of one owner at a checkpoint.
 *
 * @param detail {@code saved}, or why it is not
 * @param tookMs of all of the part
 */
public record SavedRow(String part, String owner, boolean saved, String detail, long tookMs) {

    /** One for each owner of a part. */
    public static List<SavedRow> of(Saved part) {
        long took = part.took().toMillis();
        List<SavedRow> rows = new ArrayList<>();
        for (String owner : part.result().committed()) {
            rows.add(new SavedRow(part.part(), owner, true, "saved", took));
        }
        part.result()
                .failed()
                .forEach(
                        (owner, why) ->
                                rows.add(new SavedRow(part.part(), owner, false, why, took)));
        return rows;
    }
}
