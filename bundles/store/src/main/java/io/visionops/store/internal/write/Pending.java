package io.visionops.store.internal.write;

import io.visionops.api.journal.JournalException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What waits for the writer.
 *
 * @param done completes when it is on the disk
 */
record Pending(Work work, CompletableFuture<Void> done, Kind kind) {

    enum Kind {
        /** What parts want written; they keep it when it fails. */
        ENTRY,

        /** What the store does for itself within a transaction, such as the removal of old rows. */
        UPKEEP,

        /** Likewise, but between two transactions. */
        ALONE
    }

    static Pending of(Work work, Kind kind) {
        return new Pending(work, new CompletableFuture<>(), kind);
    }

    CompletableFuture<Void> refused(String why) {
        fail(List.of(this), why, null);
        return done;
    }

    static void fail(List<Pending> group, String why, @Nullable Throwable cause) {
        JournalException failure =
                cause == null ? new JournalException(why) : new JournalException(why, cause);
        for (Pending pending : group) {
            pending.done.completeExceptionally(failure);
        }
    }
}
