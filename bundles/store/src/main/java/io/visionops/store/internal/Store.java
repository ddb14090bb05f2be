package io.visionops.store.internal;

import io.visionops.api.database.DatabaseMerge;
import io.visionops.api.journal.JournalException;
import io.visionops.api.time.Ticker;
import io.visionops.store.internal.failure.DiskReserve;
import io.visionops.store.internal.integrity.IntegrityState;
import io.visionops.store.internal.maintenance.UpkeepSettings;
import io.visionops.store.internal.picture.PictureFolder;
import io.visionops.store.internal.picture.PictureKeys;
import io.visionops.store.internal.read.CheckpointStore;
import io.visionops.store.internal.read.SqliteJournalReader;
import io.visionops.store.internal.sqlite.Database;
import io.visionops.store.internal.sqlite.DatabaseCopier;
import io.visionops.store.internal.sqlite.Faults;
import io.visionops.store.internal.sqlite.FolderLock;
import io.visionops.store.internal.sqlite.NativeLibrary;
import io.visionops.store.internal.sqlite.ReaderPool;
import io.visionops.store.internal.sqlite.RefusedException;
import io.visionops.store.internal.sqlite.WriteConnection;
import io.visionops.store.internal.write.JournalWriter;
import io.visionops.support.breaker.Breaker;
import io.visionops.support.breaker.BreakerPolicy;
import io.visionops.support.fault.MachineErrors;
import io.visionops.support.fault.RepeatedTask;
import io.visionops.support.thread.DaemonThreads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The database of one data folder, from opening to closing. One thread opens it, trying again until
 * it can, and then writes; the services exist while it does.
 */
final class Store implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Store.class);

    /** Sooner than other calls: parts keep what is to be written in memory, which has an end. */
    static final BreakerPolicy POLICY =
            BreakerPolicy.DEFAULT.waiting(Duration.ofSeconds(5), Duration.ofMinutes(1));

    private static final Duration FIRST_RETENTION = Duration.ofMinutes(10);
    private static final Duration RETENTION = Duration.ofHours(1);

    private static final Duration FIRST_RESERVE = Duration.ofSeconds(2);
    private static final Duration RESERVE = Duration.ofSeconds(2);

    /** Draining the queue, the last checkpoint of the log, and some. */
    private static final Duration STOP = Duration.ofSeconds(15);

    private final Path folder;
    private final Supplier<RetentionPolicy> kept;
    private final Supplier<ZoneId> zone;
    private final Supplier<UpkeepSettings> settings;
    private final PictureKeys keys;
    private final Services services;
    private final Clock clock;
    private final Ticker ticker;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final AtomicReference<@Nullable Session> running = new AtomicReference<>();
    private final Thread thread;
    private final CountDownLatch opened = new CountDownLatch(1);
    private volatile LongConsumer commitListener = nanos -> {};

    private final BreakerPolicy policy;
    private final Breaker breaker;

    /** Why the database is not open; written by its thread. */
    private volatile @Nullable String trouble;

    private final IntegrityState integrity;
    private final DatabaseOpening opening;

    /** Who is told when the database can be used. */
    @FunctionalInterface
    interface Services {

        /**
         * Offers the services.
         *
         * @return withdraws them
         */
        Runnable publish(StoreServices offered);
    }

    /**
     * @param policy of opening the database; before its circuit opens the first wait is between two
     *     tries
     */
    Store(
            Path folder,
            Supplier<RetentionPolicy> kept,
            Supplier<ZoneId> zone,
            Supplier<UpkeepSettings> settings,
            PictureKeys keys,
            Services services,
            Clock clock,
            Ticker ticker,
            BreakerPolicy policy) {
        this.folder = folder;
        this.kept = kept;
        this.zone = zone;
        this.settings = settings;
        this.keys = keys;
        this.services = services;
        this.clock = clock;
        this.ticker = ticker;
        this.policy = policy;
        this.integrity = new IntegrityState(folder);
        this.opening = new DatabaseOpening(folder, integrity, clock, ticker);
        this.breaker = new Breaker("database", policy, ticker);
        this.thread = DaemonThreads.create("visionops-store-writer", this::run);
    }

    void start() {
        thread.start();
    }

    /** What was taken over from the database that was here before, at the last opening. */
    Optional<DatabaseMerge> merged() {
        return opening.merged();
    }

    Path folder() {
        return folder;
    }

    /** How it does at the moment; of the writer only while the database is open. */
    StoreState state() {
        Session session = running.get();
        return new StoreState(
                folder,
                Optional.ofNullable(session).map(one -> one.writer().state()),
                Optional.ofNullable(trouble),
                breaker.status(),
                integrity.status(),
                new Database(opening.file()).log().toFile().length());
    }

    /** Completes when all that was accepted before is on the disk. */
    CompletableFuture<Void> flush() {
        Session session = running.get();
        if (session == null) {
            String why = trouble;
            return CompletableFuture.failedFuture(
                    new JournalException(
                            "the database is not open: "
                                    + (why == null ? "it is still being opened" : why)));
        }
        return session.writer().submit(connection -> {});
    }

    /** Is told how long each commit took, in nanoseconds; to be set before the start. */
    void onCommit(LongConsumer listener) {
        commitListener = listener;
    }

    /**
     * Waits until the database was opened for the first time.
     *
     * @return false when it was not in that time
     */
    boolean awaitOpened(Duration limit) throws InterruptedException {
        return opened.await(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Writes what was accepted, closes the database, and returns when that is done. */
    @Override
    public void close() {
        stopping.countDown();
        Session session = running.get();
        if (session != null) {
            session.end();
        }
        try {
            thread.join(STOP.toMillis());
            if (thread.isAlive()) {
                LOG.error("the database does not close within {} s", STOP.toSeconds());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            do {
                if (breaker.tryAcquire()) {
                    tryOnce();
                }
            } while (!stopping.await(millisUntilNextTry(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException interrupted) {
            LOG.warn("the writer was interrupted and ends");
        }
    }

    private long millisUntilNextTry() {
        long wait = breaker.status().untilNextTry().toMillis();
        long pause = policy.firstWait().toMillis();
        return wait == 0 ? pause : Math.min(pause, wait + 1);
    }

    private void tryOnce() throws InterruptedException {
        Path file = opening.file();
        try {
            Files.createDirectories(folder);
            try (FolderLock lock = FolderLock.take(folder)) {
                LOG.debug("lock {} taken", lock);
                new NativeLibrary(folder.resolve("natives")).place();
                try (WriteConnection connection = opening.open()) {
                    serve(connection);
                }
            }
        } catch (SQLException failure) {
            breaker.failed(failure);
            report(file, Faults.inWords(failure));
        } catch (RefusedException | IOException failure) {
            breaker.failed(failure);
            report(file, String.valueOf(failure.getMessage()));
        } catch (RuntimeException | Error unexpected) {
            MachineErrors.endIf(unexpected);
            breaker.failed(unexpected);
            LOG.error("the store failed and tries again", unexpected);
            trouble = unexpected.toString();
        }
    }

    private void serve(WriteConnection connection) throws InterruptedException, IOException {
        Database database = connection.database();
        PictureFolder pictures = new PictureFolder(folder.resolve("snapshots"), keys);
        DiskReserve reserve = new DiskReserve(folder, () -> settings.get().reserve());
        JournalWriter writer = new JournalWriter(connection, pictures, reserve, clock, ticker);
        writer.onCommit(nanos -> commitListener.accept(nanos));
        Session session = new Session(writer);
        ScheduledExecutorService upkeep = DaemonThreads.scheduler("visionops-store-upkeep");
        try (ReaderPool readers = new ReaderPool(database, ticker);
                StoreUpkeep care =
                        new StoreUpkeep(
                                folder,
                                database,
                                writer,
                                readers,
                                integrity,
                                reserve,
                                settings,
                                zone,
                                session::end,
                                clock,
                                ticker)) {
            // Before anything is written by a clock that may be wrong.
            TrustedClock time =
                    new TrustedClock(
                            folder.resolve("retention.clock"),
                            clock,
                            ticker,
                            () -> readers.read(NewestRow::time));
            running.set(session);
            opening.takeRepaired().ifPresent(new StoreJournal(writer, clock)::repaired);
            care.start();
            // Who waits for a service is started by the thread that registers it, and may want
            // something written at once: so that is not the thread that writes.
            upkeep.execute(
                    () ->
                            session.publish(
                                    services,
                                    new StoreServices(
                                            writer,
                                            new SqliteJournalReader(
                                                    database,
                                                    readers,
                                                    writer,
                                                    pictures,
                                                    zone,
                                                    clock,
                                                    time::trouble),
                                            new CheckpointStore(readers, writer),
                                            new DatabaseCopier(database),
                                            care.service())));
            Retention old =
                    new Retention(writer, readers, new SnapshotFolder(pictures.path()), kept, time);
            ScheduledFuture<?> retention =
                    RepeatedTask.schedule(
                            upkeep, "the removal of old rows", FIRST_RETENTION, RETENTION, old);
            RepeatedTask.schedule(upkeep, "the reserve", FIRST_RESERVE, RESERVE, reserve);
            writer.onFullDisk(() -> upkeep.execute(old));
            breaker.succeeded();
            LOG.info("database {} is open", database.file());
            trouble = null;
            opened.countDown();
            if (stopping.getCount() == 0) {
                session.end();
            }
            writer.run();
            retention.cancel(true);
            if (!writer.isDamaged()) {
                opening.closed();
            }
        } finally {
            session.end();
            running.set(null);
            upkeep.shutdownNow();
            if (!upkeep.awaitTermination(5, TimeUnit.SECONDS)) {
                LOG.warn("upkeep does not end");
            }
        }
    }

    /** Says a cause once, however often it is met. */
    private void report(Path file, String cause) {
        if (!cause.equals(trouble)) {
            LOG.error(
                    "database {} is not used: {}; trying again, at the latest after {} s",
                    file,
                    cause,
                    policy.longestWait().toSeconds());
            trouble = cause;
        }
    }
}
