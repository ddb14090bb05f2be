package io.visionops.store.internal;

import io.visionops.api.checkpoint.Checkpoints;
import io.visionops.api.database.DatabaseCopies;
import io.visionops.api.database.DatabaseMerge;
import io.visionops.api.journal.Entry;
import io.visionops.api.journal.Event;
import io.visionops.api.journal.Journal;
import io.visionops.api.journal.JournalException;
import io.visionops.api.journal.Severity;
import io.visionops.api.query.JournalReader;
import io.visionops.api.subject.Subject;
import io.visionops.api.time.Ticker;
import io.visionops.store.internal.read.CheckpointStore;
import io.visionops.store.internal.read.SqliteJournalReader;
import io.visionops.store.internal.repair.DatabaseRepair;
import io.visionops.store.internal.replace.TakeOver;
import io.visionops.store.internal.sqlite.Database;
import io.visionops.store.internal.sqlite.DatabaseCopier;
import io.visionops.store.internal.sqlite.Faults;
import io.visionops.store.internal.sqlite.FolderLock;
import io.visionops.store.internal.sqlite.Migrations;
import io.visionops.store.internal.sqlite.NativeLibrary;
import io.visionops.store.internal.sqlite.ReaderPool;
import io.visionops.store.internal.sqlite.RefusedException;
import io.visionops.store.internal.sqlite.WriteConnection;
import io.visionops.store.internal.write.JournalWriter;
import io.visionops.support.TimeOrderedIds;
import io.visionops.support.WholeFile;
import io.visionops.support.breaker.Breaker;
import io.visionops.support.breaker.BreakerPolicy;
import io.visionops.support.fault.MachineErrors;
import io.visionops.support.fault.RepeatedTask;
import io.visionops.support.thread.DaemonThreads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;
import java.util.UUID;
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

    private static final Event.Type REPAIRED = new Event.Type("database-repaired");

    private static final Logger LOG = LoggerFactory.getLogger(Store.class);

    /** Sooner than other calls: parts keep what is to be written in memory, which has an end. */
    static final BreakerPolicy POLICY =
            BreakerPolicy.DEFAULT.waiting(Duration.ofSeconds(5), Duration.ofMinutes(1));

    private static final Duration FIRST_RETENTION = Duration.ofMinutes(10);
    private static final Duration RETENTION = Duration.ofHours(1);

    /** Draining the queue, the last checkpoint of the log, and some. */
    private static final Duration STOP = Duration.ofSeconds(15);

    private final Path folder;
    private final Supplier<KeptFor> kept;
    private final Supplier<ZoneId> zone;
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

    /** What came of a repair that nobody was told of yet. Used by the writer's thread. */
    private @Nullable String repaired;

    private final TakeOver takeOver;

    /** What came of the database that this one has replaced. */
    private volatile Optional<DatabaseMerge> merged = Optional.empty();

    /** Who is told when the database can be used. */
    @FunctionalInterface
    interface Services {

        /**
         * Offers the services.
         *
         * @return withdraws them
         */
        Runnable publish(
                Journal journal,
                JournalReader reader,
                Checkpoints checkpoints,
                DatabaseCopies copies);
    }

    Store(
            Path folder,
            Supplier<KeptFor> kept,
            Supplier<ZoneId> zone,
            Services services,
            Clock clock,
            Ticker ticker) {
        this(folder, kept, zone, services, clock, ticker, POLICY);
    }

    /**
     * @param policy of opening the database; before its circuit opens the first wait is between two
     *     tries
     */
    Store(
            Path folder,
            Supplier<KeptFor> kept,
            Supplier<ZoneId> zone,
            Services services,
            Clock clock,
            Ticker ticker,
            BreakerPolicy policy) {
        this.folder = folder;
        this.kept = kept;
        this.zone = zone;
        this.services = services;
        this.clock = clock;
        this.ticker = ticker;
        this.policy = policy;
        this.takeOver = new TakeOver(folder);
        this.breaker = new Breaker("database", policy, ticker);
        this.thread = DaemonThreads.create("visionops-store-writer", this::run);
    }

    void start() {
        thread.start();
    }

    /** What was taken over from the database that was here before, at the last opening. */
    Optional<DatabaseMerge> merged() {
        return merged;
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
                breaker.status());
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
        Path file = folder.resolve("visionops.db");
        try {
            Files.createDirectories(folder);
            try (FolderLock lock = FolderLock.take(folder)) {
                LOG.debug("lock {} taken", lock);
                new NativeLibrary(folder.resolve("natives")).place();
                try (WriteConnection connection = openSound(file)) {
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

    /** One that is damaged is made anew first, of what is sound in it. */
    private WriteConnection openSound(Path file)
            throws SQLException, IOException, RefusedException {
        DatabaseRepair repair = new DatabaseRepair(folder, file, clock);
        repair.resume();
        Optional<String> damage = Files.exists(inUse(file)) ? repair.check() : Optional.empty();
        if (damage.isPresent()) {
            repaired = repair.repair(damage.get());
        }
        WriteConnection connection;
        try {
            connection = open(new Database(file));
        } catch (SQLException e) {
            if (!Faults.isDamaged(e)) {
                throw e;
            }
            repaired = repair.repair(Faults.inWords(e));
            connection = open(new Database(file));
        }
        WholeFile.write(inUse(file), new byte[0], true);
        return connection;
    }

    /** There from the opening to the orderly end: with it at a start, there was none. */
    private static Path inUse(Path file) {
        return file.resolveSibling(file.getFileName() + ".in-use");
    }

    private WriteConnection open(Database database) throws SQLException, RefusedException {
        WriteConnection connection = new WriteConnection(database);
        try {
            new Migrations(clock).apply(connection);
            merged = takeOver.run(connection).or(() -> merged);
            return connection;
        } catch (SQLException | RefusedException | RuntimeException failure) {
            connection.discard();
            throw failure;
        }
    }

    private void serve(WriteConnection connection) throws InterruptedException, IOException {
        Database database = connection.database();
        Path pictures = folder.resolve("snapshots");
        JournalWriter writer = new JournalWriter(connection, pictures, clock, ticker);
        writer.onCommit(nanos -> commitListener.accept(nanos));
        Session session = new Session(writer);
        ScheduledExecutorService upkeep = DaemonThreads.scheduler("visionops-store-upkeep");
        try (ReaderPool readers = new ReaderPool(database, ticker)) {
            // Before anything is written by a clock that may be wrong.
            TrustedClock time =
                    new TrustedClock(
                            folder.resolve("retention.clock"),
                            clock,
                            ticker,
                            () -> readers.read(NewestRow::time));
            running.set(session);
            tellRepair(writer);
            // Who waits for a service is started by the thread that registers it, and may want
            // something written at once: so that is not the thread that writes.
            upkeep.execute(
                    () ->
                            session.publish(
                                    services,
                                    new SqliteJournalReader(
                                            database,
                                            readers,
                                            writer,
                                            pictures,
                                            zone,
                                            clock,
                                            time::trouble),
                                    new CheckpointStore(readers, writer),
                                    new DatabaseCopier(database)));
            ScheduledFuture<?> retention =
                    RepeatedTask.schedule(
                            upkeep,
                            "the removal of old rows",
                            FIRST_RETENTION,
                            RETENTION,
                            new Retention(
                                    writer, readers, new SnapshotFolder(pictures), kept, time));
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
                Files.deleteIfExists(inUse(database.file()));
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

    /** What was lost is told in the database that took the place of the damaged one. */
    private void tellRepair(JournalWriter writer) {
        String words = repaired;
        if (words == null) {
            return;
        }
        repaired = null;
        UUID id = new TimeOrderedIds(clock, new SecureRandom()).get();
        writer.append(
                        Entry.of(
                                Event.of(
                                        id,
                                        REPAIRED,
                                        Subject.part("store"),
                                        Severity.CRITICAL,
                                        clock.instant(),
                                        "the database was damaged and is made anew: " + words)))
                .whenComplete(
                        (done, failure) -> {
                            if (failure != null) {
                                LOG.error("that the database was repaired is not kept", failure);
                            }
                        });
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
