package io.visionops.support.journal;

import io.visionops.api.journal.Entry;
import io.visionops.api.journal.EntryRefusedException;
import io.visionops.api.journal.Journal;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * What is given to the journal.
 *
 * @param lane that it comes from
 * @param attempt the lane's, which the answer has to come with
 */
record Shipment(JournalLane lane, Entry entry, int attempt, Journal to) {

    CompletableFuture<Void> append() {
        try {
            return to.append(entry);
        } catch (RuntimeException | LinkageError e) {
            // A journal that is being stopped may throw, or lack classes; the entry is as good as
            // refused.
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Null when it is written. */
    static @Nullable Throwable failure(CompletableFuture<Void> done) {
        try {
            done.join();
            return null;
        } catch (CompletionException e) {
            return e.getCause() == null ? e : e.getCause();
        } catch (CancellationException e) {
            return e;
        }
    }

    /** Whether trying again is of no use. */
    static boolean isForGood(@Nullable Throwable failure) {
        return failure instanceof EntryRefusedException
                || (failure instanceof CompletionException
                        && failure.getCause() instanceof EntryRefusedException);
    }
}
