package io.visionops.inference.internal.pipeline;

import io.visionops.api.journal.Entry;
import io.visionops.api.journal.Fact;
import io.visionops.api.journal.Journal;
import io.visionops.api.time.Ticker;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is to be journaled, in order, until the journal says that it is written. A journal that is
 * away, fails or does not answer costs nothing but memory: the same entries are given to it again,
 * and it knows by their ids which it has. Thread-safe; {@link #pump} is for one thread.
 *
 * <p>The journal writes entries in the order in which they are sent, and after one has failed
 * nothing is sent before all that was sent is answered.
 *
 * <p>Holds {@value #CAPACITY} entries. When it is full the oldest without an event goes first; the
 * pictures in it are limited by their bytes, and the oldest go first. Both are counted.
 */
final class JournalBuffer {

    static final int CAPACITY = 10_000;
    static final long PICTURE_BYTES = 32L << 20;

    /** Sent and not yet answered; more would only wait in the journal. */
    private static final int WINDOW = 64;

    private static final long FIRST_BACKOFF = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long LAST_BACKOFF = TimeUnit.SECONDS.toNanos(5);
    private static final long ANSWER_LIMIT = TimeUnit.SECONDS.toNanos(10);
    private static final long LOG_INTERVAL = TimeUnit.MINUTES.toNanos(1);

    private static final Logger LOG = LoggerFactory.getLogger(JournalBuffer.class);

    private final Ticker ticker;
    private final int capacity;
    private final long pictureBytes;

    // All below is guarded by "this".

    private @Nullable Journal journal;

    private final Deque<Pending> waiting = new ArrayDeque<>();

    /** In the order in which they were sent. */
    private final Deque<Pending> sent = new ArrayDeque<>();

    private int unanswered;
    private long picturesHeld;

    /** Some of what was sent has failed: nothing more is sent before all of it is answered. */
    private boolean failing;

    /** One at a time until the journal takes entries again, so that their order holds. */
    private int window = WINDOW;

    private long backoff = FIRST_BACKOFF;
    private long retryAt;

    /** It was said that the journal fails, and not yet that it works again. */
    private boolean outage;

    private long lastWarning;
    private long droppedFacts;
    private long droppedEvents;
    private long droppedPictures;

    JournalBuffer(Ticker ticker) {
        this(ticker, CAPACITY, PICTURE_BYTES);
    }

    JournalBuffer(Ticker ticker, int capacity, long pictureBytes) {
        this.ticker = ticker;
        this.capacity = capacity;
        this.pictureBytes = pictureBytes;
        this.retryAt = ticker.nanos();
        this.lastWarning = retryAt - LOG_INTERVAL;
    }

    /**
     * Takes an entry; never blocks.
     *
     * @param completedNanos when the newest frame in it was complete; {@code commits} is told how
     *     long it took from then to the commit
     */
    void offer(Entry entry, long completedNanos, Latencies commits) {
        synchronized (this) {
            while (waiting.size() + sent.size() >= capacity && !waiting.isEmpty()) {
                dropOldest();
            }
            Pending pending = new Pending(entry, completedNanos, commits);
            picturesHeld += pending.pictureBytes();
            waiting.add(pending);
            if (picturesHeld > pictureBytes) {
                dropPictures();
            }
            notifyAll();
        }
    }

    synchronized void connect(Journal to) {
        journal = to;
        resend();
        retryAt = ticker.nanos();
        notifyAll();
    }

    /** Has no effect when another journal is connected by now. */
    synchronized void disconnect(Journal from) {
        if (journal == from) {
            journal = null;
            resend();
            notifyAll();
        }
    }

    /** Entries that are not yet known to be written. */
    synchronized int size() {
        return waiting.size() + sent.size();
    }

    synchronized long droppedFacts() {
        return droppedFacts;
    }

    synchronized long droppedEvents() {
        return droppedEvents;
    }

    synchronized long droppedPictures() {
        return droppedPictures;
    }

    /** Sends what can be sent now. */
    void pump() {
        while (true) {
            Journal to;
            Pending next;
            Entry entry;
            int attempt;
            synchronized (this) {
                long now = ticker.nanos();
                giveUpOnSilence(now);
                to = journal;
                if (to == null || untilSendable(now) > 0) {
                    return;
                }
                next = waiting.remove();
                entry = next.entry();
                sent.add(next);
                unanswered++;
                attempt = next.send(now);
            }
            send(next, entry, attempt, to);
        }
    }

    /** Sends until it is interrupted, waiting where there is nothing to do. */
    void run() throws InterruptedException {
        while (true) {
            pump();
            synchronized (this) {
                long now = ticker.nanos();
                long wait = Math.min(untilSendable(now), untilSilence(now));
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
    synchronized boolean awaitEmpty(long atMostNanos) throws InterruptedException {
        long deadline = System.nanoTime() + atMostNanos;
        while (size() > 0) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            TimeUnit.NANOSECONDS.timedWait(this, Math.max(left, 1_000_000));
        }
        return true;
    }

    private void send(Pending pending, Entry entry, int attempt, Journal to) {
        try {
            to.append(entry).whenComplete((done, failure) -> answered(pending, attempt, failure));
        } catch (RuntimeException e) {
            // A journal that is being stopped may throw; the entry is as good as refused.
            answered(pending, attempt, e);
        }
    }

    private void answered(Pending pending, int attempt, @Nullable Throwable failure) {
        long now = ticker.nanos();
        synchronized (this) {
            if (!pending.answer(attempt, failure == null)) {
                return;
            }
            unanswered--;
            if (failure == null) {
                removeWritten();
                recovered();
            } else {
                failed(now, failure);
            }
            if (failing && unanswered == 0) {
                resend();
            }
            notifyAll();
        }
        if (failure == null) {
            pending.committed(now);
        }
    }

    private void removeWritten() {
        while (!sent.isEmpty() && sent.element().written()) {
            picturesHeld -= sent.remove().pictureBytes();
        }
    }

    private void recovered() {
        if (failing) {
            return;
        }
        backoff = FIRST_BACKOFF;
        window = WINDOW;
        if (outage) {
            outage = false;
            LOG.info("the journal takes entries again, {} wait", size());
        }
    }

    private void failed(long now, Throwable failure) {
        if (failing) {
            return;
        }
        failing = true;
        window = 1;
        retryAt = now + backoff;
        backoff = Math.min(2 * backoff, LAST_BACKOFF);
        if (!outage && now - lastWarning >= LOG_INTERVAL) {
            outage = true;
            lastWarning = now;
            LOG.warn(
                    "the journal refuses entries, {} are kept and given to it again: {}",
                    size(),
                    failure.toString());
        }
    }

    /** Puts what was sent and is not written back to the front, in its order. */
    private void resend() {
        while (!sent.isEmpty()) {
            Pending last = sent.removeLast();
            if (last.written()) {
                picturesHeld -= last.pictureBytes();
            } else {
                last.forget();
                waiting.addFirst(last);
            }
        }
        unanswered = 0;
        failing = false;
    }

    private void giveUpOnSilence(long now) {
        for (Pending pending : sent) {
            if (pending.silent(now)) {
                failed(now, new IllegalStateException("no answer within 10 s"));
                resend();
                return;
            }
        }
    }

    private long untilSilence(long now) {
        long wait = ANSWER_LIMIT;
        for (Pending pending : sent) {
            wait = Math.min(wait, pending.untilSilence(now));
        }
        return wait;
    }

    /** 0 when the next entry may be sent; as good as never while that hangs on something else. */
    private long untilSendable(long now) {
        if (journal == null || waiting.isEmpty() || failing || unanswered >= window) {
            return Long.MAX_VALUE;
        }
        return Math.max(0, retryAt - now);
    }

    private void dropOldest() {
        for (Iterator<Pending> i = waiting.iterator(); i.hasNext(); ) {
            Pending pending = i.next();
            if (pending.dispensable()) {
                i.remove();
                droppedFacts++;
                return;
            }
        }
        picturesHeld -= waiting.remove().pictureBytes();
        droppedEvents++;
    }

    private void dropPictures() {
        for (Pending pending : waiting) {
            if (picturesHeld <= pictureBytes) {
                return;
            }
            if (pending.pictureBytes() > 0) {
                picturesHeld -= pending.pictureBytes();
                pending.dropPictures();
                droppedPictures++;
            }
        }
    }

    /** An entry and what became of it. Guarded by the buffer, but for what is final. */
    private static final class Pending {

        private final long completedNanos;
        private final Latencies commits;
        private Entry entry;
        private long pictureBytes;
        private long sentAt;
        private boolean open;
        private boolean written;

        /** Answers to an earlier one are too late. */
        private int attempt;

        Pending(Entry entry, long completedNanos, Latencies commits) {
            this.entry = entry;
            this.completedNanos = completedNanos;
            this.commits = commits;
            for (Fact fact : entry.facts()) {
                if (fact instanceof Fact.Snapshot snapshot) {
                    pictureBytes += snapshot.jpeg().length;
                }
            }
        }

        Entry entry() {
            return entry;
        }

        long pictureBytes() {
            return pictureBytes;
        }

        boolean written() {
            return written;
        }

        /** Neither an event nor the word that a count exists. */
        boolean dispensable() {
            return entry.event().isEmpty()
                    && entry.facts().stream().noneMatch(Fact.Counters.class::isInstance);
        }

        void dropPictures() {
            entry =
                    new Entry(
                            entry.id(),
                            entry.event(),
                            entry.facts().stream()
                                    .filter(fact -> !(fact instanceof Fact.Snapshot))
                                    .toList());
            pictureBytes = 0;
        }

        int send(long now) {
            sentAt = now;
            open = true;
            return ++attempt;
        }

        /** Returns false when nobody waits for this answer any more. */
        boolean answer(int toAttempt, boolean isWritten) {
            if (!open || toAttempt != attempt) {
                return false;
            }
            open = false;
            written = isWritten;
            return true;
        }

        void forget() {
            open = false;
        }

        boolean silent(long now) {
            return open && now - sentAt >= ANSWER_LIMIT;
        }

        long untilSilence(long now) {
            return open ? Math.max(0, ANSWER_LIMIT - (now - sentAt)) : ANSWER_LIMIT;
        }

        void committed(long now) {
            commits.add(now - completedNanos);
        }
    }
}
