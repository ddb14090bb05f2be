package io.visionops.updater.internal.canary;

import io.visionops.api.journal.Entry;
import io.visionops.api.journal.Event;
import io.visionops.api.journal.Journal;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** Counts the crossings that it is told of, and keeps nothing else. Thread-safe. */
final class TallyJournal implements Journal {

    private final Map<String, Long> crossings = new TreeMap<>();

    /** Crossings before are not compared; of frames that both have seen. */
    private Instant since = Instant.MAX;

    /** Begins to count. */
    synchronized void countSince(Instant begin) {
        since = begin;
        crossings.clear();
    }

    @Override
    public synchronized CompletableFuture<Void> append(Entry entry) {
        entry.event()
                .filter(event -> event.type().equals(Event.Type.CROSSING))
                .filter(event -> !event.time().isBefore(since))
                .ifPresent(event -> crossings.merge(key(event), 1L, Long::sum));
        return CompletableFuture.completedFuture(null);
    }

    synchronized Map<String, Long> crossings() {
        return new TreeMap<>(crossings);
    }

    /** By what crossings are compared. */
    static String key(Event crossing) {
        return crossing.line().orElse("")
                + " "
                + crossing.label().orElse("")
                + " "
                + crossing.direction().map(one -> one.word()).orElse("");
    }
}
