package io.visionops.itests.guest;

import io.visionops.api.journal.Entry;
import io.visionops.api.journal.EntryRefusedException;
import io.visionops.api.journal.Journal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Keeps entries until they are written: a short form of {@code JournalBuffer}, which parts have
 * from {@code support}. An entry that was not written is sent again; one that is refused is
 * dropped.
 */
final class Outbox {

    private final Queue<Entry> waiting = new ConcurrentLinkedQueue<>();
    private final Consumer<Exception> refused;

    /**
     * @param refused told of each entry that can never be written
     */
    Outbox(Consumer<Exception> refused) {
        this.refused = refused;
    }

    void add(Entry entry) {
        waiting.add(entry);
    }

    /**
     * Sends all that waits, without waiting in between, so that it may come into one commit.
     *
     * @param journal null where there is none now
     */
    void send(Journal journal) throws InterruptedException {
        if (journal == null) {
            return;
        }
        Map<Entry, CompletableFuture<Void>> sent = new LinkedHashMap<>();
        waiting.forEach(entry -> sent.put(entry, journal.append(entry)));
        for (Map.Entry<Entry, CompletableFuture<Void>> one : sent.entrySet()) {
            settle(one.getKey(), one.getValue());
        }
    }

    private void settle(Entry entry, CompletableFuture<Void> written) throws InterruptedException {
        try {
            written.get(10, TimeUnit.SECONDS);
            waiting.remove(entry);
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof EntryRefusedException why) {
                waiting.remove(entry);
                refused.accept(why);
            }
        } catch (TimeoutException late) {
            written.cancel(false);
        }
    }
}
