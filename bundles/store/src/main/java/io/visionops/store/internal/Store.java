package io.visionops.store.internal;

import io.visionops.api.database.DatabaseMerge;
import io.visionops.api.journal.JournalException;
import io.visionops.api.time.Ticker;
import io.visionops.store.internal.integrity.IntegrityState;
import io.visionops.store.internal.maintenance.UpkeepSettings;
import io.visionops.store.internal.picture.PictureKeys;
import io.visionops.store.internal.sqlite.Database;
import io.visionops.store.internal.sqlite.Faults;
import io.visionops.store.internal.sqlite.FolderLock;
import io.visionops.store.internal.sqlite.NativeLibrary;
import io.visionops.store.internal.sqlite.RefusedException;
import io.visionops.store.internal.sqlite.WriteConnection;
import io.visionops.support.breaker.BreakerPolicy;
import io.visionops.support.fault.MachineErrors;
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

    /** Draining the queue, the last checkpoint of the log, and some. */
    private static final Duration STOP = Duration.ofSeconds(15);

    private final StoreContext context;
    private final StoreServices.Publisher services;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final AtomicReference<@Nullable Session> running = new AtomicReference<>();
    private final Thread thread;
    private final CountDownLatch opened = new CountDownLatch(1);
    private volatile LongConsumer commitListener = nanos -> {};

    private final OpeningTries tries;
    private final IntegrityState integrity;
    private final DatabaseOpening opening;

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
            StoreServices.Publisher services,
            Clock clock,
            Ticker ticker,
            BreakerPolicy policy) {
        this.context = new StoreContext(folder, kept, zone, settings, keys, clock, ticker);
        this.services = services;
        this.tries = new OpeningTries(policy, ticker);
        this.integrity = new IntegrityState(folder);
        this.opening = new DatabaseOpening(folder, integrity, clock, ticker);
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
        return context.folder();
    }

    /** How it does at the moment; of the writer only while the database is open. */
    StoreState state() {
        Session session = running.get();
        return new StoreState(
                context.folder(),
                Optional.ofNullable(session).map(one -> one.writer().state()),
                tries.trouble(),
                tries.status(),
                integrity.status(),
                new Database(opening.file()).log().toFile().length());
    }

    /** Completes when all that was accepted before is on the disk. */
    CompletableFuture<Void> flush() {
        Session session = running.get();
        if (session == null) {
            return CompletableFuture.failedFuture(
                    new JournalException(
                            "the database is not open: "
                                    + tries.trouble().orElse("it is still being opened")));
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
                if (tries.tryAcquire()) {
                    tryOnce();
                }
            } while (!stopping.await(tries.untilNextTry().toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException interrupted) {
            LOG.warn("the writer was interrupted and ends");
        }
    }

    private void tryOnce() {
        Path file = opening.file();
        Path folder = context.folder();
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
            tries.failed(file, failure, Faults.inWords(failure));
        } catch (RefusedException | IOException failure) {
            tries.failed(file, failure, String.valueOf(failure.getMessage()));
        } catch (RuntimeException | Error unexpected) {
            MachineErrors.endIf(unexpected);
            tries.failed(unexpected);
        }
    }

    private void serve(WriteConnection connection) throws IOException {
        try (OpenStore open =
                new OpenStore(
                        context, connection, integrity, nanos -> commitListener.accept(nanos))) {
            running.set(open.session());
            open.start(services, opening::takeRepaired);
            tries.succeeded();
            LOG.info("database {} is open", connection.database().file());
            opened.countDown();
            if (stopping.getCount() == 0) {
                open.session().end();
            }
            if (open.write()) {
                opening.closed();
            }
        } finally {
            running.set(null);
        }
    }
}
