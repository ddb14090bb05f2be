package io.visionops.store.internal.write;

import io.visionops.api.checkpoint.Checkpoint;
import io.visionops.api.journal.Entry;
import io.visionops.api.journal.EntryRefusedException;
import io.visionops.api.journal.Journal;
import io.visionops.api.journal.JournalException;
import io.visionops.api.time.Ticker;
import io.visionops.store.internal.sqlite.Faults;
import io.visionops.store.internal.sqlite.WriteConnection;
import io.visionops.support.fault.MachineErrors;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes everything, in groups: what has gathered while the last group was synced to disk is the
 * next group. So an entry alone is committed at once, and ten thousand share a few syncs.
 *
 * <p>Calls are thread-safe; {@link #run} is the one thread that writes. Futures are completed by
 * that thread: who does more than a few microseconds then should hand over to a thread of its own.
 */
public final class JournalWriter implements Journal {

    static final int CAPACITY = 10_000;

    private static final Logger LOG = LoggerFactory.getLogger(JournalWriter.class);
    private static final int GROUP = 1_000;
    private static final String STOPPING = "the store is stopping";
    private static final Duration DRAIN = Duration.ofSeconds(5);

    /** From one line about refused entries to the next: a faulty writer makes many of them. */
    private static final Duration REFUSALS = Duration.ofSeconds(10);

    /** Times five seconds of waiting inside SQLite. */
    private static final int TRIES_WHEN_BUSY = 3;

    private final WriteConnection connection;
    private final EntryRows rows;
    private final Ticker ticker;
    private final BlockingQueue<Pending> queue = new ArrayBlockingQueue<>(CAPACITY);
    private final CommitTimes times = new CommitTimes();
    private final LongAdder rejected = new LongAdder();
    private volatile boolean stopping;
    private volatile boolean damaged;
    private volatile long drainUntil;

    private final LongAdder refusals = new LongAdder();
    private final LongAdder failures = new LongAdder();

    /** Is told how long a commit took, in nanoseconds. */
    private volatile LongConsumer commitListener = nanos -> {};

    /** A group is being written. */
    private volatile boolean busy;

    /** Cause of the last failure; written by the writer thread. */
    private volatile @Nullable String trouble;

    // Confined to the writer thread:
    private long lastRefusal;

    private record Pending(Work work, CompletableFuture<Void> done) {}

    /** A step of a transaction that may fail. */
    private interface Step {
        void run() throws SQLException;
    }

    public JournalWriter(
            WriteConnection connection, Path snapshotFolder, Clock clock, Ticker ticker) {
        this.connection = connection;
        this.rows = new EntryRows(connection, snapshotFolder, clock);
        this.ticker = ticker;
    }

    @Override
    public CompletableFuture<Void> append(Entry entry) {
        return submit(ignored -> rows.write(entry));
    }

    /** Likewise for a checkpoint. */
    public CompletableFuture<Void> save(Checkpoint checkpoint) {
        return submit(ignored -> rows.write(checkpoint));
    }

    /** Does something else within the next transaction. */
    public CompletableFuture<Void> submit(Work work) {
        Pending pending = new Pending(work, new CompletableFuture<>());
        if (stopping) {
            return refused(pending, STOPPING);
        }
        if (!queue.offer(pending)) {
            rejected.increment();
            return refused(pending, "the queue of the writer is full (" + CAPACITY + ")");
        }
        // The writer may have looked for the last time between the two lines above.
        if (stopping && queue.remove(pending)) {
            return refused(pending, STOPPING);
        }
        return pending.done();
    }

    public int queued() {
        return queue.size();
    }

    public long rejected() {
        return rejected.sum();
    }

    public long commits() {
        return times.commits();
    }

    public Duration commitP95() {
        return times.p95();
    }

    /** How it does at the moment. Waits for nothing. */
    public WriterState state() {
        return new WriterState(
                queue.size(),
                CAPACITY,
                busy,
                times.commits(),
                times.p95(),
                rejected.sum(),
                refusals.sum(),
                failures.sum(),
                Optional.ofNullable(trouble));
    }

    /**
     * @param listener is told how long each commit took, in nanoseconds; by the writer thread
     */
    public void onCommit(LongConsumer listener) {
        commitListener = listener;
    }

    /** Writes until {@link #stop}, and then what is left in the queue, for five seconds at most. */
    public void run() {
        List<Pending> group = new ArrayList<>(GROUP);
        while (!stopping || (!queue.isEmpty() && ticker.nanos() - drainUntil < 0)) {
            try {
                Pending first = queue.poll(1, TimeUnit.SECONDS);
                if (first != null) {
                    group.add(first);
                    busy = true;
                    queue.drainTo(group, GROUP - 1);
                    write(group);
                }
            } catch (InterruptedException interrupted) {
                stop();
            } catch (Throwable unexpected) {
                MachineErrors.endIf(unexpected);
                LOG.error("the writer failed and goes on", unexpected);
                rows.discard();
                connection.discard();
                failures.increment();
                fail(group, "the writer failed: " + unexpected, unexpected);
            }
            busy = false;
            group.clear();
        }
        queue.drainTo(group);
        if (!group.isEmpty()) {
            LOG.warn("{} entries were not written before the store stopped", group.size());
            fail(group, STOPPING, null);
        }
    }

    /** Whether it has ended because the database is damaged. */
    public boolean isDamaged() {
        return damaged;
    }

    /** Accepts nothing more; {@link #run} returns when the queue is written. */
    public void stop() {
        drainUntil = ticker.nanos() + DRAIN.toNanos();
        stopping = true;
        boolean woken = queue.offer(new Pending(ignored -> {}, new CompletableFuture<>()));
        LOG.debug("writer told to stop, {} queued, woken {}", queue.size(), woken);
    }

    private void write(List<Pending> group) {
        long start = ticker.nanos();
        Exception failure = inTransaction(() -> together(group));
        if (failure != null && Faults.isOfTheEntry(failure)) {
            failure = inTransaction(() -> apart(group));
        }
        if (failure == null) {
            long took = ticker.nanos() - start;
            times.add(took);
            commitListener.accept(took);
            works();
            for (Pending pending : group) {
                pending.done().complete(null);
            }
        } else {
            failures.increment();
            broken(failure);
            fail(group, "not written: " + Faults.inWords(failure), failure);
        }
    }

    private void together(List<Pending> group) throws SQLException {
        for (Pending pending : group) {
            pending.work().run(connection);
        }
        rows.flush();
    }

    /** One of the group cannot be written: finds out which, and writes the others. */
    private void apart(List<Pending> group) throws SQLException {
        for (Pending pending : group) {
            connection.prepared("SAVEPOINT entry").execute();
            try {
                pending.work().run(connection);
                rows.flush();
            } catch (SQLException | RuntimeException failure) {
                if (!Faults.isOfTheEntry(failure)) {
                    throw failure;
                }
                rows.discard();
                connection.forgetStatements();
                connection.prepared("ROLLBACK TO entry").execute();
                report(failure);
                pending.done()
                        .completeExceptionally(
                                new EntryRefusedException(
                                        "refused for good: " + Faults.inWords(failure), failure));
            }
            connection.prepared("RELEASE entry").execute();
        }
    }

    private void report(Exception failure) {
        refusals.increment();
        long now = ticker.nanos();
        if (refusals.sum() == 1 || now - lastRefusal >= REFUSALS.toNanos()) {
            lastRefusal = now;
            LOG.error(
                    "an entry is refused for good, {} so far: {}",
                    refusals.sum(),
                    Faults.inWords(failure));
        }
    }

    private @Nullable Exception inTransaction(Step step) {
        for (int attempt = 1; ; attempt++) {
            try {
                connection.begin();
                step.run();
                connection.commit();
                return null;
            } catch (SQLException | RuntimeException failure) {
                rows.discard();
                connection.rollback();
                if (!Faults.isBusy(failure) || attempt == TRIES_WHEN_BUSY) {
                    return failure;
                }
            }
        }
    }

    private void works() {
        if (trouble != null) {
            LOG.info("the database is written again");
            trouble = null;
        }
    }

    /** Says a cause once, however many groups meet it. */
    private void broken(Exception failure) {
        String cause = Faults.inWords(failure);
        if (!cause.equals(trouble)) {
            LOG.error("the database cannot be written: {}", cause);
            trouble = cause;
        }
        if (!Faults.isFull(failure) && !Faults.isBusy(failure)) {
            connection.discard();
        }
        if (Faults.isDamaged(failure)) {
            damaged = true;
            stop();
        }
    }

    private static CompletableFuture<Void> refused(Pending pending, String why) {
        fail(List.of(pending), why, null);
        return pending.done();
    }

    private static void fail(List<Pending> group, String why, @Nullable Throwable cause) {
        JournalException failure =
                cause == null ? new JournalException(why) : new JournalException(why, cause);
        for (Pending pending : group) {
            pending.done().completeExceptionally(failure);
        }
    }
}
