package io.visionops.store.internal;

import io.visionops.api.database.DatabaseMaintenance;
import io.visionops.api.database.IntegrityDamage;
import io.visionops.api.database.IntegrityResult;
import io.visionops.api.subject.Actor;
import io.visionops.api.time.Ticker;
import io.visionops.store.internal.failure.DiskReserve;
import io.visionops.store.internal.integrity.IntegrityState;
import io.visionops.store.internal.integrity.IntegrityWatch;
import io.visionops.store.internal.maintenance.DatabaseUpkeep;
import io.visionops.store.internal.maintenance.UpkeepSettings;
import io.visionops.store.internal.read.ProvenBackup;
import io.visionops.store.internal.replace.MigrationCopy;
import io.visionops.store.internal.sqlite.Database;
import io.visionops.store.internal.sqlite.ReaderPool;
import io.visionops.store.internal.write.JournalWriter;
import io.visionops.support.fault.RepeatedTask;
import io.visionops.support.thread.DaemonThreads;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps an open database sound and small, on a thread of its own. Thread-safe. */
final class StoreUpkeep implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StoreUpkeep.class);

    /** A start has enough to do. */
    private static final Duration FIRST = Duration.ofMinutes(1);

    private static final Duration STEP = Duration.ofSeconds(1);
    private static final Duration LOOK = Duration.ofMinutes(1);
    private static final Duration HOURLY = Duration.ofHours(1);

    /** What is damaged again so soon lies on a disk that a person has to look at. */
    static final Duration BETWEEN_REPAIRS = Duration.ofHours(6);

    private final StoreJournal journal;
    private final MigrationCopy copy;
    private final ReaderPool readers;
    private final IntegrityState state;
    private final AtomicBoolean suspected = new AtomicBoolean();
    private final Runnable repair;
    private final Clock clock;
    private final IntegrityWatch integrity;
    private final DatabaseUpkeep upkeep;
    private final ScheduledExecutorService thread =
            DaemonThreads.scheduler("visionops-store-integrity");

    /**
     * @param repair closes the database, which is made anew before it is opened again
     */
    StoreUpkeep(
            Path folder,
            Database database,
            JournalWriter writer,
            ReaderPool readers,
            IntegrityState state,
            DiskReserve reserve,
            Supplier<UpkeepSettings> settings,
            Supplier<ZoneId> zone,
            Runnable repair,
            Clock clock,
            Ticker ticker) {
        this.journal = new StoreJournal(writer, clock);
        this.copy = new MigrationCopy(folder, clock);
        this.readers = readers;
        this.state = state;
        this.repair = repair;
        this.clock = clock;
        integrity =
                new IntegrityWatch(database, state, writer::queued, this::checked, clock, ticker);
        upkeep =
                new DatabaseUpkeep(
                        database,
                        writer,
                        readers,
                        state,
                        reserve::isThere,
                        () -> settings.get().daily(),
                        zone,
                        journal::maintained,
                        clock,
                        ticker);
    }

    void start() {
        readers.onDamage(this::suspect);
        RepeatedTask.schedule(thread, "the check of the database", FIRST, STEP, integrity);
        RepeatedTask.schedule(
                thread, "the removal of a copy", FIRST, HOURLY, this::removeMigrationCopy);
        RepeatedTask.schedule(thread, "the maintenance of the database", FIRST, LOOK, upkeep);
    }

    private void removeMigrationCopy() {
        copy.removeOld(readers.read(ProvenBackup::last));
    }

    DatabaseMaintenance service() {
        return new StoreMaintenance(integrity, upkeep);
    }

    /** Somebody has read what is damaged: all is checked at once, once. */
    private void suspect(IntegrityDamage damage) {
        if (!state.damage().isEmpty() || !suspected.compareAndSet(false, true)) {
            return;
        }
        LOG.error("damaged rows are met and left out, such as {}", damage.inWords());
        try {
            thread.execute(this::checkAll);
        } catch (RejectedExecutionException e) {
            LOG.debug("the database is being closed: the next pass finds it", e);
        }
    }

    private void checkAll() {
        try {
            integrity.check(true, Actor.part("store"), progress -> {});
        } catch (IOException e) {
            LOG.warn("the database was not checked: {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            suspected.set(false);
        }
    }

    private void checked(IntegrityResult result, Actor by) {
        boolean damaged = !result.damage().isEmpty();
        // Passes in the background are many, and say something only when there is something.
        if (damaged || result.full() || !by.equals(Actor.part("store"))) {
            tell(result, by);
        }
        if (damaged && mayRepair()) {
            repair.run();
        }
    }

    /** Before the database is closed for its repair. */
    private void tell(IntegrityResult result, Actor by) {
        try {
            journal.checked(result, by).get(5, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.debug("what the check has found is in the log alone", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean mayRepair() {
        Instant now = clock.instant();
        boolean again =
                state.status()
                        .repaired()
                        .filter(last -> now.isBefore(last.plus(BETWEEN_REPAIRS)))
                        .isPresent();
        if (again) {
            LOG.error(
                    "the database was made anew within the last {} h and is damaged again: it is"
                            + " left as it is until it is opened again (recovery-run store.reopen"
                            + " part/store). Examine the disk",
                    BETWEEN_REPAIRS.toHours());
        }
        return !again;
    }

    @Override
    public void close() {
        integrity.close();
        thread.shutdownNow();
        try {
            if (!thread.awaitTermination(5, TimeUnit.SECONDS)) {
                LOG.warn("the upkeep of the database does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
