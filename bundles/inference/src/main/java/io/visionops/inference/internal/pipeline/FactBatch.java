package io.visionops.inference.internal.pipeline;

import io.visionops.api.journal.Entry;
import io.visionops.api.journal.Event;
import io.visionops.api.journal.Fact;
import io.visionops.api.time.Ticker;
import io.visionops.inference.internal.count.ZoneCount;
import io.visionops.support.TimeOrderedIds;
import io.visionops.support.journal.JournalBuffer;
import io.visionops.support.meter.RecentDurations;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/**
 * What was found since the last entry: goes with the next event, or on its own after a second, so
 * that the journal sees few entries. That an empty picture was watched waits five seconds: a commit
 * of its own each second was the dearest thing about a still camera. Used by one thread.
 */
final class FactBatch {

    private static final long INTERVAL = TimeUnit.SECONDS.toNanos(1);

    /** Likewise while nothing is found; what a crash loses is told as not watched. */
    private static final long NOTHING_FOUND = TimeUnit.SECONDS.toNanos(5);

    /** A file is read faster than its time passes: many frames come together in a second. */
    private static final int FACTS = 256;

    private final String camera;
    private final TimeOrderedIds ids;
    private final JournalBuffer journal;
    private final Ticker ticker;
    private final LongConsumer delays;
    private final WatchedTime watched;
    private final RecentDurations commits = new RecentDurations();
    private final List<Fact> facts = new ArrayList<>();
    private boolean any;
    private long lastEntry;
    private long completedNanos;

    /**
     * @param delays is told how long it took from a frame to its commit, in nanoseconds
     */
    FactBatch(
            String camera,
            int fps,
            TimeOrderedIds ids,
            JournalBuffer journal,
            Ticker ticker,
            LongConsumer delays) {
        this.delays = delays;
        this.camera = camera;
        this.ids = ids;
        this.journal = journal;
        this.ticker = ticker;
        this.watched = new WatchedTime(camera, fps);
        this.lastEntry = ticker.nanos();
    }

    /** Goes on after the frame that an earlier analysis has looked at last. */
    void continueAfter(Instant capturedAt) {
        watched.continueAfter(capturedAt);
    }

    /**
     * A frame was looked at.
     *
     * @param completed as in the frame
     * @param occupancy who stands in the zones in it
     */
    void looked(Instant capturedAt, long completed, List<ZoneCount> occupancy) {
        watched.looked(capturedAt, occupancy, facts);
        completedNanos = completed;
        any = true;
    }

    void add(Fact fact) {
        facts.add(fact);
    }

    /** An event; everything found so far goes with it. */
    void happened(Event event, List<Fact> itsFacts) {
        List<Fact> all = new ArrayList<>(itsFacts);
        all.addAll(drain());
        offer(new Entry(event.id(), Optional.of(event), all));
    }

    /** Passes on what was found when that is due. */
    void tick() {
        long interval = facts.isEmpty() ? NOTHING_FOUND : INTERVAL;
        if (any && (ticker.nanos() - lastEntry >= interval || facts.size() >= FACTS)) {
            flush();
        }
    }

    /** Passes on what was found. */
    void flush() {
        List<Fact> all = drain();
        if (!all.isEmpty()) {
            offer(Entry.of(ids.get(), all.toArray(new Fact[0])));
        }
    }

    /** How long it took from the newest frame in it to the commit is of interest. */
    private void offer(Entry entry) {
        long completed = completedNanos;
        journal.offer(camera, entry, () -> committed(ticker.nanos() - completed));
    }

    private void committed(long delay) {
        commits.add(delay);
        delays.accept(delay);
    }

    RecentDurations commits() {
        return commits;
    }

    private List<Fact> drain() {
        watched.drain(facts);
        List<Fact> all = List.copyOf(facts);
        facts.clear();
        any = false;
        lastEntry = ticker.nanos();
        return all;
    }
}
