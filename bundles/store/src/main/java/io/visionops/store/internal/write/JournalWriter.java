package io.visionops.store.internal.write;

import io.visionops.api.checkpoint.Checkpoint;
import io.visionops.api.journal.Entry;
import io.visionops.api.journal.EntryRefusedException;
import io.visionops.api.journal.Journal;
import io.visionops.api.time.Ticker;
import io.visionops.store.internal.failure.DiskReserve;
import io.visionops.store.internal.failure.FullDisk;
import io.visionops.store.internal.failure.WriterTrouble;
import io.visionops.store.internal.picture.PictureFolder;
import io.visionops.store.internal.sqlite.Faults;
import io.visionops.store.internal.sqlite.WriteConnection;
import io.visionops.store.internal.write.Pending.Kind;
import io.visionops.support.fault.MachineErrors;
import io.visionops.support.meter.RecentDurations;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
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

    /** Times five seconds of waiting inside SQLite. */
    private static final int TRIES_WHEN_BUSY = 3;

    private final WriteConnection connection;
    private final EntryRows rows;
    private final Ticker ticker;
    private final BlockingQueue<Pending> queue = new ArrayBlockingQueue<>(CAPACITY);

    /** Of group commits. */
    private final RecentDurations times = new RecentDurations();

    private final WriterTrouble trouble;
    private final FullDisk disk;
    private volatile boolean stopping;
    private volatile boolean damaged;
    private volatile long drainUntil;

    /** Is told how long a commit took, in nanoseconds. */
    private volatile LongConsumer commitListener = nanos -> {};

    /** A group is being written. */
    private volatile boolean busy;

    /** A step of a transaction that may fail. */
    private interface Step {
        void run() throws SQLException;
    }

    /**
     * @param reserve what there is for a full disk
     */
    public JournalWriter(
            WriteConnection connection,
            PictureFolder pictures,
            DiskReserve reserve,
            Clock clock,
            Ticker ticker) {
        this.disk = new FullDisk(reserve);
        this.connection = connection;
        this.rows = new EntryRows(connection, pictures, clock);
        this.ticker = ticker;
        this.trouble = new WriterTrouble(ticker);
    }

    @Override
    public CompletableFuture<Void> append(Entry entry) {
        return submit(Pending.of(ignored -> rows.write(entry), Kind.ENTRY));
    }

    /** Likewise for a checkpoint. */
    public CompletableFuture<Void> save(Checkpoint checkpoint) {
        return submit(Pending.of(ignored -> rows.write(checkpoint), Kind.ENTRY));
    }

    /** Does something else within the next transaction. */
    public CompletableFuture<Void> submit(Work work) {
        return submit(Pending.of(work, Kind.UPKEEP));
    }

    /** Does something between two groups, outside of a transaction; everything else waits. */
    public CompletableFuture<Void> submitAlone(Work work) {
        return submit(Pending.of(work, Kind.ALONE));
    }

    private CompletableFuture<Void> submit(Pending pending) {
        if (stopping) {
            return pending.refused(STOPPING);
        }
        if (disk.isFull() && pending.kind() == Kind.ENTRY) {
            return pending.refused(FullDisk.REFUSAL);
        }
        if (!queue.offer(pending)) {
            trouble.rejected();
            return pending.refused("the queue of the writer is full (" + CAPACITY + ")");
        }
        // The writer may have looked for the last time between the two lines above.
        if (stopping && queue.remove(pending)) {
            return pending.refused(STOPPING);
        }
        return pending.done();
    }

    public int queued() {
        return queue.size();
    }

    public long rejected() {
        return trouble.rejections();
    }

    public long commits() {
        return times.count();
    }

    /** So many of 100 group commits were not slower, sync included. */
    public Duration commitTime(int percent) {
        return times.percentile(percent);
    }

    /** How many rows of each table were written. */
    public Map<String, Long> rowsWritten() {
        return connection.rowsWritten();
    }

    /** How it does at the moment. Waits for nothing. */
    public WriterState state() {
        return new WriterState(
                queue.size(),
                CAPACITY,
                busy,
                times.count(),
                times.percentile(95),
                trouble.rejections(),
                trouble.refusals(),
                trouble.failures(),
                disk.words().or(trouble::cause));
    }

    /**
     * @param listener is told how long each commit took, in nanoseconds; by the writer thread
     */
    public void onCommit(LongConsumer listener) {
        commitListener = listener;
    }

    /**
     * @param makeRoom removes what need not be kept when the disk is full; is called by the writer
     *     thread and must not wait for it
     */
    public void onFullDisk(Runnable makeRoom) {
        disk.onFull(makeRoom);
    }

    /** Writes until {@link #stop}, and then what is left in the queue, for five seconds at most. */
    public void run() {
        List<Pending> group = new ArrayList<>(GROUP);
        while (!stopping || (!queue.isEmpty() && ticker.nanos() - drainUntil < 0)) {
            try {
                Pending first = queue.poll(1, TimeUnit.SECONDS);
                disk.look(connection);
                if (first != null) {
                    group.add(first);
                    busy = true;
                    queue.drainTo(group, GROUP - 1);
                    writeAll(group);
                }
            } catch (InterruptedException interrupted) {
                stop();
            } catch (Throwable unexpected) {
                MachineErrors.endIf(unexpected);
                LOG.error("the writer failed and goes on", unexpected);
                rows.discard();
                connection.discard();
                trouble.failed();
                Pending.fail(group, "the writer failed: " + unexpected, unexpected);
            }
            busy = false;
            group.clear();
        }
        queue.drainTo(group);
        if (!group.isEmpty()) {
            LOG.warn("{} entries were not written before the store stopped", group.size());
            Pending.fail(group, STOPPING, null);
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
        boolean woken = queue.offer(Pending.of(ignored -> {}, Kind.UPKEEP));
        LOG.debug("writer told to stop, {} queued, woken {}", queue.size(), woken);
    }

    /** In their order; what is to be done alone parts the group. */
    private void writeAll(List<Pending> group) {
        int from = 0;
        for (int i = 0; i < group.size(); i++) {
            if (group.get(i).kind() == Kind.ALONE) {
                write(group.subList(from, i));
                doAlone(group.get(i));
                from = i + 1;
            }
        }
        write(group.subList(from, group.size()));
    }

    private void doAlone(Pending pending) {
        try {
            pending.work().run(connection);
            pending.done().complete(null);
        } catch (SQLException | RuntimeException failure) {
            connection.rollback();
            if (Faults.isDamaged(failure)) {
                broken(failure);
            }
            Pending.fail(List.of(pending), Faults.inWords(failure), failure);
        }
    }

    private void write(List<Pending> all) {
        List<Pending> group = all;
        if (disk.isFull()) {
            group = all.stream().filter(one -> one.kind() != Kind.ENTRY).toList();
            Pending.fail(
                    all.stream().filter(one -> one.kind() == Kind.ENTRY).toList(),
                    FullDisk.REFUSAL,
                    null);
        }
        if (!group.isEmpty()) {
            writeGroup(group);
        }
    }

    private void writeGroup(List<Pending> group) {
        long start = ticker.nanos();
        Exception failure = inTransaction(() -> together(group));
        if (failure != null && Faults.isOfTheEntry(failure)) {
            failure = inTransaction(() -> apart(group));
        }
        if (failure == null) {
            long took = ticker.nanos() - start;
            times.add(took);
            commitListener.accept(took);
            if (!disk.isFull()) {
                trouble.over();
            }
            for (Pending pending : group) {
                pending.done().complete(null);
            }
        } else {
            trouble.failed(failure);
            broken(failure);
            Pending.fail(group, "not written: " + Faults.inWords(failure), failure);
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
                trouble.refused(failure);
                pending.done()
                        .completeExceptionally(
                                new EntryRefusedException(
                                        "refused for good: " + Faults.inWords(failure), failure));
            }
            connection.prepared("RELEASE entry").execute();
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

    private void broken(Exception failure) {
        if (!Faults.isFull(failure) && !Faults.isBusy(failure)) {
            connection.discard();
        }
        disk.failed(failure, connection);
        if (Faults.isDamaged(failure)) {
            damaged = true;
            stop();
        }
    }
}
