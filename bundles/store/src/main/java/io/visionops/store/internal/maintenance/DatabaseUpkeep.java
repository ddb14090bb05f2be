package io.visionops.store.internal.maintenance;

import io.visionops.api.database.DatabaseFigures;
import io.visionops.api.database.MaintenanceResult;
import io.visionops.api.subject.Actor;
import io.visionops.api.time.Ticker;
import io.visionops.store.internal.integrity.IntegrityState;
import io.visionops.store.internal.integrity.IntegrityStatus;
import io.visionops.store.internal.sqlite.Database;
import io.visionops.store.internal.sqlite.ReaderPool;
import io.visionops.store.internal.write.JournalWriter;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The maintenance of an open database, daily and on request, and its figures. Thread-safe. */
public final class DatabaseUpkeep implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseUpkeep.class);

    /** After the time of day; later it is left to the next day, so that no start brings it. */
    private static final Duration WINDOW = Duration.ofHours(2);

    private static final Duration RATE = Duration.ofHours(1);

    private final Database database;
    private final JournalWriter writer;
    private final ReaderPool readers;
    private final IntegrityState state;
    private final BooleanSupplier reserve;
    private final Supplier<Optional<LocalTime>> daily;
    private final Supplier<ZoneId> zone;
    private final BiConsumer<MaintenanceResult, Actor> finished;
    private final Clock clock;
    private final Ticker ticker;
    private final long opened;
    private final ReentrantLock lock = new ReentrantLock();

    /**
     * @param state that the last maintenance is kept with
     * @param reserve whether the room for a full disk is there
     * @param daily when it is made by itself
     * @param zone of that time of day
     * @param finished is told what each has done, before the call returns
     */
    public DatabaseUpkeep(
            Database database,
            JournalWriter writer,
            ReaderPool readers,
            IntegrityState state,
            BooleanSupplier reserve,
            Supplier<Optional<LocalTime>> daily,
            Supplier<ZoneId> zone,
            BiConsumer<MaintenanceResult, Actor> finished,
            Clock clock,
            Ticker ticker) {
        this.database = database;
        this.writer = writer;
        this.readers = readers;
        this.state = state;
        this.reserve = reserve;
        this.daily = daily;
        this.zone = zone;
        this.finished = finished;
        this.clock = clock;
        this.ticker = ticker;
        this.opened = ticker.nanos();
    }

    /** Makes the daily maintenance when it is time; to be called every minute or so. */
    @Override
    public void run() {
        if (!isDue()) {
            return;
        }
        try {
            MaintenanceResult result = maintain(false, Actor.part("store"));
            LOG.info(
                    "maintenance of the database: {} MB before, {} MB after, the writer was held"
                            + " for {} ms at most{}",
                    result.bytesBefore() >> 20,
                    result.bytesAfter() >> 20,
                    result.longestHold().toMillis(),
                    result.remark().isEmpty() ? "" : "; " + result.remark());
        } catch (IOException e) {
            LOG.warn("the daily maintenance of the database was not made: {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isDue() {
        Optional<LocalTime> time = daily.get();
        if (time.isEmpty()) {
            return false;
        }
        ZonedDateTime now = clock.instant().atZone(zone.get());
        ZonedDateTime today = now.with(time.get());
        ZonedDateTime last = today.isAfter(now) ? today.minusDays(1) : today;
        return now.isBefore(last.plus(WINDOW))
                && state.maintained().filter(one -> !one.isBefore(last.toInstant())).isEmpty();
    }

    /** Does it now, by the calling thread. */
    public MaintenanceResult maintain(boolean full, Actor by)
            throws IOException, InterruptedException {
        if (!lock.tryLock()) {
            throw new IOException("the database is being maintained already");
        }
        try {
            MaintenanceResult result =
                    new MaintenanceRun(
                                    database,
                                    writer,
                                    () -> database.file().toFile().getUsableSpace(),
                                    clock,
                                    ticker)
                            .run(full);
            state.maintained(clock.instant());
            finished.accept(result, by);
            return result;
        } finally {
            lock.unlock();
        }
    }

    public DatabaseFigures figures() {
        Pages pages = readers.read(reader -> Pages.of(reader.connection()));
        IntegrityStatus status = state.status();
        Optional<Instant> maintained = state.maintained();
        return new DatabaseFigures(
                pages.size(),
                pages.count(),
                pages.free(),
                pages.canShrink(),
                writer.commitTime(50),
                writer.commitTime(99),
                rates(),
                readers.slowest(),
                reserve.getAsBoolean(),
                maintained,
                status.checked(),
                status.checkedFull(),
                status.damage());
    }

    private Map<String, Double> rates() {
        double hours = Math.max(1, ticker.nanos() - opened) / (double) RATE.toNanos();
        Map<String, Double> rates = new HashMap<>();
        writer.rowsWritten().forEach((table, rows) -> rates.put(table, rows / hours));
        return rates;
    }
}
