package io.visionops.store.internal;

import io.visionops.store.internal.failure.DiskReserve;
import io.visionops.store.internal.integrity.IntegrityState;
import io.visionops.store.internal.picture.PictureFolder;
import io.visionops.store.internal.read.CheckpointStore;
import io.visionops.store.internal.read.SqliteJournalReader;
import io.visionops.store.internal.sqlite.Database;
import io.visionops.store.internal.sqlite.DatabaseCopier;
import io.visionops.store.internal.sqlite.ReaderPool;
import io.visionops.store.internal.sqlite.WriteConnection;
import io.visionops.store.internal.write.JournalWriter;
import io.visionops.support.fault.RepeatedTask;
import io.visionops.support.thread.DaemonThreads;
import io.visionops.support.time.TrustedClock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What there is while a database is open: the writer, the readers, the services, and what is done
 * again and again. For the thread that opens and writes; others end it by its session.
 */
final class OpenStore implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(OpenStore.class);

    private static final Duration FIRST_RETENTION = Duration.ofMinutes(10);
    private static final Duration RETENTION = Duration.ofHours(1);

    private static final Duration FIRST_RESERVE = Duration.ofSeconds(2);
    private static final Duration RESERVE = Duration.ofSeconds(2);

    private final StoreContext context;
    private final Database database;
    private final PictureFolder pictures;
    private final DiskReserve reserve;
    private final JournalWriter writer;
    private final Session session;
    private final ReaderPool readers;
    private final StoreUpkeep care;
    private final ScheduledExecutorService upkeep =
            DaemonThreads.scheduler("visionops-store-upkeep");

    /** The removal of old rows, while it is scheduled. */
    private Optional<ScheduledFuture<?>> retention = Optional.empty();

    /**
     * @param connection which stays that of the caller
     * @param commitListener is told how long each commit took, in nanoseconds
     */
    OpenStore(
            StoreContext context,
            WriteConnection connection,
            IntegrityState integrity,
            LongConsumer commitListener) {
        this.context = context;
        database = connection.database();
        pictures = new PictureFolder(context.folder().resolve("snapshots"), context.keys());
        reserve = new DiskReserve(context.folder(), () -> context.settings().get().reserve());
        writer =
                new JournalWriter(connection, pictures, reserve, context.clock(), context.ticker());
        writer.onCommit(commitListener);
        session = new Session(writer);
        readers = new ReaderPool(database, context.ticker());
        care =
                new StoreUpkeep(
                        context.folder(),
                        database,
                        writer,
                        readers,
                        integrity,
                        reserve,
                        context.settings(),
                        context.zone(),
                        session::end,
                        context.clock(),
                        context.ticker());
    }

    /** By which it is ended. */
    Session session() {
        return session;
    }

    /**
     * Offers the services and begins the upkeep; what is to be written waits for {@link #write}.
     *
     * @param repaired gives once what came of a repair, which the journal is told
     */
    void start(StoreServices.Publisher services, Supplier<Optional<String>> repaired) {
        // Before anything is written by a clock that may be wrong.
        TrustedClock time =
                new TrustedClock(
                        context.folder().resolve("retention.clock"),
                        context.clock(),
                        context.ticker(),
                        () -> readers.read(NewestRow::time));
        repaired.get().ifPresent(new StoreJournal(writer, context.clock())::repaired);
        care.start();
        // Who waits for a service is started by the thread that registers it, and may want
        // something written at once: so that is not the thread that writes.
        upkeep.execute(() -> session.publish(services, services(time)));
        Retention old =
                new Retention(
                        writer, readers, new SnapshotFolder(pictures.path()), context.kept(), time);
        retention =
                Optional.of(
                        RepeatedTask.schedule(
                                upkeep,
                                "the removal of old rows",
                                FIRST_RETENTION,
                                RETENTION,
                                old));
        RepeatedTask.schedule(upkeep, "the reserve", FIRST_RESERVE, RESERVE, reserve);
        writer.onFullDisk(() -> upkeep.execute(old));
    }

    private StoreServices services(TrustedClock time) {
        return new StoreServices(
                writer,
                new SqliteJournalReader(
                        database,
                        readers,
                        writer,
                        pictures,
                        context.zone(),
                        context.clock(),
                        time::trouble),
                new CheckpointStore(readers, writer),
                new DatabaseCopier(database),
                care.service());
    }

    /**
     * Writes until the session is ended.
     *
     * @return whether the database was sound to the end
     */
    boolean write() {
        writer.run();
        retention.ifPresent(task -> task.cancel(true));
        return !writer.isDamaged();
    }

    @Override
    public void close() {
        try {
            care.close();
            readers.close();
        } finally {
            session.end();
            upkeep.shutdownNow();
            try {
                if (!upkeep.awaitTermination(5, TimeUnit.SECONDS)) {
                    LOG.warn("upkeep does not end");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
