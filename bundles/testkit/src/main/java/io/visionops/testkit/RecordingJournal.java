package io.visionops.testkit;

import io.visionops.api.journal.Entry;
import io.visionops.api.journal.Event;
import io.visionops.api.journal.Fact;
import io.visionops.api.journal.Journal;
import io.visionops.api.journal.JournalException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** A journal in memory that keeps the contract: an entry is written once. Thread-safe. */
public final class RecordingJournal implements Journal {

    /** Guarded by "this". */
    private final List<Entry> entries = new ArrayList<>();

    /** Guarded by "this". */
    private boolean broken;

    @Override
    public synchronized CompletableFuture<Void> append(Entry entry) {
        if (broken) {
            return CompletableFuture.failedFuture(new JournalException("broken by the test"));
        }
        if (entries.stream().noneMatch(known -> known.id().equals(entry.id()))) {
            entries.add(entry);
        }
        return CompletableFuture.completedFuture(null);
    }

    /** Makes every append fail, or work again. */
    public synchronized void setBroken(boolean broken) {
        this.broken = broken;
    }

    public synchronized List<Entry> entries() {
        return List.copyOf(entries);
    }

    public List<Event> events() {
        return entries().stream().flatMap(entry -> entry.event().stream()).toList();
    }

    public <F extends Fact> List<F> facts(Class<F> kind) {
        return entries().stream()
                .flatMap(entry -> entry.facts().stream())
                .flatMap(
                        fact -> kind.isInstance(fact) ? Stream.of(kind.cast(fact)) : Stream.empty())
                .toList();
    }
}
