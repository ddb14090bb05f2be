package io.visionops.support.journal;

import io.visionops.api.journal.Entry;
import io.visionops.api.journal.Journal;
import io.visionops.api.time.Ticker;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
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
 * <p>Bounded ({@link JournalBacklog}). All that is lost is counted ({@link JournalReport}).
 */
public final class JournalBuffer {

    /** From one rewriting of the file to the next, while not all of it is written. */
    private static final long REWRITE = TimeUnit.MINUTES.toNanos(1);

    private static final Logger LOG = LoggerFactory.getLogger(JournalBuffer.class);

    private final Ticker ticker;
    private final Supplier<UUID> ids;
    private final int capacity;
    private volatile Runnable afterAnswer = () -> {};

    /** Held while the file is written, so that an older word does not replace a newer one. */
    private final Object disk = new Object();

    // All below is guarded by "this".
    private @Nullable Journal journal;
    private final JournalReport report = new JournalReport(LOG);
    private final JournalBacklog backlog;

    /** What the last run has left, until it is written. */
    private @Nullable JournalFile file;

    private long rewrittenAt;

    /**
     * @param ids for entries of its own
     * @param capacity entries
     * @param pictureBytes of all entries together
     */
    public JournalBuffer(Ticker ticker, Supplier<UUID> ids, int capacity, long pictureBytes) {
        this.ticker = ticker;
        this.ids = ids;
        this.capacity = capacity;
        this.backlog = new JournalBacklog(capacity, pictureBytes, report);
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
        backlog.add(camera, JournalLane.Waiting.of(entry, written), ticker.nanos());
        notifyAll();
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
            from.tryWrite(left);
        }
        synchronized (this) {
            file = from;
            rewrittenAt = ticker.nanos();
            int room = backlog.room();
            if (left.size() > room) {
                LOG.error("{} entries of the last run are lost, too many", left.size() - room);
                backlog.setOutdated(true);
            }
            for (int i = left.size() - 1; i >= Math.max(0, left.size() - room); i--) {
                Unwritten one = left.get(i);
                backlog.addFirst(one.camera(), JournalLane.Waiting.kept(one.entry()));
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
                boolean due = backlog.kept() == 0 || ticker.nanos() - rewrittenAt >= REWRITE;
                if (present == null || !backlog.isOutdated() || !due) {
                    return;
                }
                settled = present;
                rest = backlog.kept() == 0 ? List.of() : backlog.unwritten();
                backlog.setOutdated(false);
                rewrittenAt = ticker.nanos();
            }
            settled.tryWrite(rest);
        }
    }

    /**
     * Sees to it that a crash costs nothing of what waits now: it is written, or lies in the file
     * from which the next start resumes.
     *
     * @param patience how long the journal may take before the file is used
     * @throws IOException when the file cannot be written
     */
    public void secure(JournalFile to, Duration patience) throws IOException, InterruptedException {
        if (size() == 0 || connected() && awaitEmpty(patience.toNanos())) {
            return;
        }
        synchronized (disk) {
            List<Unwritten> rest;
            synchronized (this) {
                file = to;
                rewrittenAt = ticker.nanos();
                backlog.keepAll();
                backlog.setOutdated(false);
                rest = backlog.unwritten();
            }
            to.write(rest);
        }
    }

    /** Gives nothing to the journal any more, and leaves what it has not acknowledged. */
    public void leave(JournalFile to) {
        synchronized (disk) {
            List<Unwritten> left;
            synchronized (this) {
                journal = null;
                backlog.startAnew();
                left = backlog.unwritten();
                file = null;
            }
            to.tryWrite(left);
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
        backlog.startAnew();
        notifyAll();
    }

    /** Has no effect when another journal is connected by now. */
    public synchronized void disconnect(Journal from) {
        if (journal == from) {
            journal = null;
            backlog.startAnew();
        }
    }

    /** True while there is a journal to give entries to. */
    public synchronized boolean connected() {
        return journal != null;
    }

    /** Entries that are not yet known to be written. */
    public synchronized int size() {
        return backlog.size();
    }

    /** Entries that the journal has refused for good. */
    public synchronized long refused() {
        return report.refusedCount();
    }

    public synchronized long droppedFacts() {
        return report.factCount();
    }

    public synchronized long droppedEvents() {
        return report.eventCount();
    }

    public synchronized long droppedPictures() {
        return report.pictureCount();
    }

    /** All of these at one moment. */
    public synchronized JournalCounts counts() {
        return new JournalCounts(
                backlog.size(),
                capacity,
                report.refusedCount(),
                report.eventCount(),
                report.factCount(),
                report.pictureCount());
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
        while (backlog.size() > 0) {
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
        for (JournalLane lane : backlog.lanes()) {
            if (lane.giveUpOnSilence(now)) {
                report.failed(now, backlog.size(), "no answer within 10 s");
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
            for (JournalLane lane : backlog.lanes()) {
                wait = Math.min(wait, lane.untilDue(now));
            }
        }
        return wait;
    }

    private void send(Shipment shipment) {
        CompletableFuture<Void> written = shipment.append();
        if (written.isDone()) {
            answered(shipment, Shipment.failure(written));
            return;
        }
        // Where the answer is there at once, whoever pumps sends the next: no deep recursion.
        var unused =
                written.whenComplete(
                        (done, failure) -> {
                            answered(shipment, failure);
                            afterAnswer.run();
                        });
    }

    private synchronized void answered(Shipment shipment, @Nullable Throwable failure) {
        long now = ticker.nanos();
        JournalLane lane = shipment.lane();
        Optional<JournalLane.Waiting> head =
                lane.isEmpty() ? Optional.empty() : Optional.of(lane.head());
        boolean forGood = Shipment.isForGood(failure);
        switch (lane.answered(shipment.attempt(), failure == null, forGood, now)) {
            case WRITTEN -> {
                head.ifPresent(written -> written.written().run());
                head.ifPresent(backlog::left);
                report.written(backlog.size());
            }
            case GIVEN_UP -> {
                report.refused(now, shipment.entry(), failure);
                head.ifPresent(backlog::left);
            }
            case REFUSED -> report.failed(now, backlog.size(), String.valueOf(failure));
            case PROBED, LATE -> {}
        }
        backlog.removeEmptyLanes();
        notifyAll();
    }
}
