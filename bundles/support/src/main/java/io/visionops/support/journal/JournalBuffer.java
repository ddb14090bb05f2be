package io.visionops.support.journal;

import io.visionops.api.journal.Entry;
import io.visionops.api.journal.EntryRefusedException;
import io.visionops.api.journal.Journal;
import io.visionops.api.time.Ticker;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is to be journaled until the journal says that it is written; in order for each camera. A
 * journal that is away, fails or does not answer costs nothing but memory: the same entries are
 * given to it again, and it knows by their ids which it has. One that it refuses for good is
 * dropped. Thread-safe.
 *
 * <p>At a stop the rest goes to a {@link JournalFile}, which keeps each entry until the journal has
 * it: a part that is killed before that finds it there at its next start as well.
 *
 * <p>Bounded. When it is full, the camera that has the most loses its oldest, those without an
 * event first. Pictures that would take more than a number of bytes are left out. All that is lost
 * is counted.
 */
public final class JournalBuffer {

    /** From one rewriting of the file to the next, while not all of it is written. */
    private static final long REWRITE = TimeUnit.MINUTES.toNanos(1);

    private static final long LOG_INTERVAL = TimeUnit.MINUTES.toNanos(1);

    private static final Logger LOG = LoggerFactory.getLogger(JournalBuffer.class);

    private final Ticker ticker;
    private final Supplier<UUID> ids;
    private final int capacity;
    private final long pictureBytes;
    private volatile Runnable afterAnswer = () -> {};

    /** Held while the file is written, so that an older word does not replace a newer one. */
    private final Object disk = new Object();

    // All below is guarded by "this".

    private @Nullable Journal journal;

    /** By camera; empty ones are removed. */
    private final Map<String, JournalLane> lanes = new LinkedHashMap<>();

    private int size;
    private long picturesHeld;

    /** What the last run has left, until it is written. */
    private @Nullable JournalFile file;

    /** Waiting entries that lie in the file too. */
    private int kept;

    /** Some of what lies in the file waits no more. */
    private boolean outdated;

    private long rewrittenAt;

    /** It was said that the journal fails, and not yet that it works again. */
    private boolean outage;

    private long lastWarning;
    private long lastLossLog;
    private long lastRefusalLog;
    private long refused;
    private long droppedFacts;
    private long droppedEvents;
    private long droppedPictures;

    /** What is to be given to the journal next. */
    private record Shipment(JournalLane lane, Entry entry, int attempt, Journal to) {}

    /**
     * @param ids for entries of its own
     * @param capacity entries
     * @param pictureBytes of all entries together
     */
    public JournalBuffer(Ticker ticker, Supplier<UUID> ids, int capacity, long pictureBytes) {
        this.ticker = ticker;
        this.ids = ids;
        this.capacity = capacity;
        this.pictureBytes = pictureBytes;
        this.lastWarning = ticker.nanos() - LOG_INTERVAL;
        this.lastLossLog = lastWarning;
        this.lastRefusalLog = lastWarning;
    }

    /** Takes an entry; never blocks. */
    public void offer(String camera, Entry entry) {
        offer(camera, entry, () -> {});
    }

    /**
     * Takes an entry; never blocks.
     *
     * @param written called when it is committed; must not block
     */
    public synchronized void offer(String camera, Entry entry, Runnable written) {
        if (size >= capacity) {
            dropOldest();
        }
        lane(camera).add(take(JournalLane.Waiting.of(entry, written)));
        notifyAll();
    }

    private JournalLane lane(String camera) {
        return lanes.computeIfAbsent(camera, name -> new JournalLane());
    }

    /** Counts it in; without its pictures when they are too many. */
    private JournalLane.Waiting take(JournalLane.Waiting waiting) {
        JournalLane.Waiting taken = waiting;
        if (picturesHeld + taken.pictureBytes() > pictureBytes) {
            taken = taken.withoutPictures();
            droppedPictures++;
        }
        picturesHeld += taken.pictureBytes();
        size++;
        if (taken.kept()) {
            kept++;
        }
        return taken;
    }

    /**
     * Gives to the journal what the last run has left, before what is new. The file stays until all
     * of it is written; called once.
     *
     * @param others not in the file yet, and older
     */
    public void resume(JournalFile from, List<Unwritten> others) {
        List<Unwritten> left = new ArrayList<>(others);
        left.addAll(from.read());
        if (!others.isEmpty()) {
            write(from, left);
        }
        synchronized (this) {
            file = from;
            rewrittenAt = ticker.nanos();
            int room = Math.max(0, capacity - size);
            if (left.size() > room) {
                LOG.error("{} entries of the last run are lost, too many", left.size() - room);
                outdated = true;
            }
            for (int i = left.size() - 1; i >= Math.max(0, left.size() - room); i--) {
                Unwritten one = left.get(i);
                lane(one.camera()).addFirst(take(JournalLane.Waiting.kept(one.entry())));
            }
            notifyAll();
        }
    }

    /**
     * Removes the file of the last run when all of it is written, and what is written from it now
     * and then: the journal does not know the ids of long ago. Waits for the disk, so not for the
     * journal's thread.
     */
    public void settle() {
        synchronized (disk) {
            JournalFile settled;
            List<Unwritten> rest;
            synchronized (this) {
                JournalFile present = file;
                boolean due = kept == 0 || ticker.nanos() - rewrittenAt >= REWRITE;
                if (present == null || !outdated || !due) {
                    return;
                }
                settled = present;
                rest = kept == 0 ? List.of() : unwritten();
                outdated = false;
                rewrittenAt = ticker.nanos();
            }
            write(settled, rest);
        }
    }

    /** Gives nothing to the journal any more, and leaves what it has not acknowledged. */
    public void leave(JournalFile to) {
        synchronized (disk) {
            List<Unwritten> left;
            synchronized (this) {
                journal = null;
                lanes.values().forEach(JournalLane::startAnew);
                left = unwritten();
                file = null;
            }
            write(to, left);
        }
    }

    private static void write(JournalFile to, List<Unwritten> entries) {
        try {
            to.write(entries);
        } catch (IOException e) {
            LOG.error(
                    "what is to be written after the next start cannot be kept in {}: {}; {} entries"
                            + " of the journal would be lost",
                    to,
                    e.toString(),
                    entries.size());
        }
    }

    /**
     * For a part without a thread that calls {@link #run}: whoever acknowledges an entry sends the
     * next.
     */
    public void pumpAfterAnswers() {
        afterAnswer = this::pump;
    }

    public synchronized void connect(Journal to) {
        journal = to;
        lanes.values().forEach(JournalLane::startAnew);
        notifyAll();
    }

    /** Has no effect when another journal is connected by now. */
    public synchronized void disconnect(Journal from) {
        if (journal == from) {
            journal = null;
            lanes.values().forEach(JournalLane::startAnew);
        }
    }

    /** True while there is a journal to give entries to. */
    public synchronized boolean connected() {
        return journal != null;
    }

    /** What is not yet known to be written, each camera's in order. */
    private List<Unwritten> unwritten() {
        List<Unwritten> all = new ArrayList<>(size);
        lanes.forEach(
                (camera, lane) ->
                        lane.entries().forEach(entry -> all.add(new Unwritten(camera, entry))));
        return all;
    }

    /** Entries that are not yet known to be written. */
    public synchronized int size() {
        return size;
    }

    /** Entries that the journal has refused for good. */
    public synchronized long refused() {
        return refused;
    }

    public synchronized long droppedFacts() {
        return droppedFacts;
    }

    public synchronized long droppedEvents() {
        return droppedEvents;
    }

    public synchronized long droppedPictures() {
        return droppedPictures;
    }

    /** Sends what can be sent now; several threads may. */
    public void pump() {
        Optional<Shipment> next = next();
        while (next.isPresent()) {
            send(next.get());
            next = next();
        }
    }

    /** Sends until it is interrupted, waiting where there is nothing to do. */
    public void run() throws InterruptedException {
        while (true) {
            pump();
            settle();
            synchronized (this) {
                long wait = untilDue(ticker.nanos());
                if (wait > 0) {
                    TimeUnit.NANOSECONDS.timedWait(this, Math.max(wait, 1_000_000));
                }
            }
        }
    }

    /**
     * Waits until all is written.
     *
     * @return false when that took too long
     */
    public synchronized boolean awaitEmpty(long atMostNanos) throws InterruptedException {
        long deadline = System.nanoTime() + atMostNanos;
        while (size > 0) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            TimeUnit.NANOSECONDS.timedWait(this, Math.max(left, 1_000_000));
        }
        return true;
    }

    private synchronized Optional<Shipment> next() {
        Journal to = journal;
        if (to == null) {
            return Optional.empty();
        }
        long now = ticker.nanos();
        for (JournalLane lane : lanes.values()) {
            if (lane.giveUpOnSilence(now)) {
                warn(now, "no answer within 10 s");
            }
            if (lane.untilDue(now) == 0) {
                boolean probe = lane.wantsProbe();
                Entry entry = probe ? Entry.of(ids.get()) : lane.head().entry();
                return Optional.of(new Shipment(lane, entry, lane.send(probe, now), to));
            }
        }
        return Optional.empty();
    }

    private long untilDue(long now) {
        long wait = Long.MAX_VALUE;
        if (journal != null) {
            for (JournalLane lane : lanes.values()) {
                wait = Math.min(wait, lane.untilDue(now));
            }
        }
        return wait;
    }

    private void send(Shipment shipment) {
        CompletableFuture<Void> written = append(shipment);
        if (written.isDone()) {
            answered(shipment, failure(written));
            return;
        }
        // Whoever pumps goes on with the next where the answer is there at once; a recursion could
        // be as deep as the journal is fast.
        var unused =
                written.whenComplete(
                        (done, failure) -> {
                            answered(shipment, failure);
                            afterAnswer.run();
                        });
    }

    private static CompletableFuture<Void> append(Shipment shipment) {
        try {
            return shipment.to().append(shipment.entry());
        } catch (RuntimeException | LinkageError e) {
            // A journal that is being stopped may throw, or lack classes; the entry is as good as
            // refused.
            return CompletableFuture.failedFuture(e);
        }
    }

    private static @Nullable Throwable failure(CompletableFuture<Void> done) {
        try {
            done.join();
            return null;
        } catch (CompletionException e) {
            return e.getCause() == null ? e : e.getCause();
        } catch (CancellationException e) {
            return e;
        }
    }

    private static boolean isForGood(@Nullable Throwable failure) {
        return failure instanceof EntryRefusedException
                || (failure instanceof CompletionException
                        && failure.getCause() instanceof EntryRefusedException);
    }

    private synchronized void answered(Shipment shipment, @Nullable Throwable failure) {
        long now = ticker.nanos();
        JournalLane lane = shipment.lane();
        Optional<JournalLane.Waiting> head =
                lane.isEmpty() ? Optional.empty() : Optional.of(lane.head());
        boolean forGood = isForGood(failure);
        switch (lane.answered(shipment.attempt(), failure == null, forGood, now)) {
            case WRITTEN -> {
                head.ifPresent(written -> written.written().run());
                head.ifPresent(this::left);
                recovered();
            }
            case GIVEN_UP -> {
                refused++;
                sayRefused(now, shipment.entry(), failure);
                head.ifPresent(this::count);
                head.ifPresent(this::left);
            }
            case REFUSED -> warn(now, String.valueOf(failure));
            case PROBED, LATE -> {}
        }
        lanes.values().removeIf(JournalLane::isEmpty);
        notifyAll();
    }

    private void sayRefused(long now, Entry entry, @Nullable Throwable failure) {
        if (refused == 1 || now - lastRefusalLog >= LOG_INTERVAL) {
            lastRefusalLog = now;
            LOG.error(
                    "an entry can never be written and is dropped, {} so far: {} ({})",
                    refused,
                    entry.id(),
                    String.valueOf(failure));
        }
    }

    private void left(JournalLane.Waiting entry) {
        size--;
        picturesHeld -= entry.pictureBytes();
        if (entry.kept()) {
            kept--;
            outdated = true;
        }
    }

    private void recovered() {
        if (outage) {
            outage = false;
            LOG.info("the journal takes entries again, {} wait", size);
        }
    }

    private void warn(long now, String cause) {
        if (!outage && now - lastWarning >= LOG_INTERVAL) {
            outage = true;
            lastWarning = now;
            LOG.warn(
                    "the journal refuses entries, {} are kept and given to it again: {}",
                    size,
                    cause);
        }
    }

    private void dropOldest() {
        lanes.values().stream()
                .max(Comparator.comparingInt(JournalLane::size))
                .flatMap(JournalLane::drop)
                .ifPresent(
                        dropped -> {
                            count(dropped);
                            left(dropped);
                        });
        long now = ticker.nanos();
        if (now - lastLossLog >= LOG_INTERVAL) {
            lastLossLog = now;
            LOG.error(
                    "the journal has not taken entries for long: {} events and {} other entries are"
                            + " lost so far",
                    droppedEvents,
                    droppedFacts);
        }
    }

    private void count(JournalLane.Waiting lost) {
        if (lost.entry().event().isPresent()) {
            droppedEvents++;
        } else {
            droppedFacts++;
        }
    }
}
