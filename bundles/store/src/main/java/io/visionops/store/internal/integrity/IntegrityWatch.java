package io.visionops.store.internal.integrity;

import io.visionops.api.database.IntegrityDamage;
import io.visionops.api.database.IntegrityProgress;
import io.visionops.api.database.IntegrityResult;
import io.visionops.api.subject.Actor;
import io.visionops.api.time.Ticker;
import io.visionops.store.internal.sqlite.Database;
import io.visionops.store.internal.sqlite.Faults;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks an open database: an hourly pass over all rows in the background, a little every second;
 * once a day the structure of the file and the search index with it; and all at once when somebody
 * asks. Thread-safe.
 */
public final class IntegrityWatch implements Runnable, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(IntegrityWatch.class);

    static final Duration PASS = Duration.ofHours(1);
    static final Duration FULL = Duration.ofDays(1);

    /** Of each second that {@link #run} is called in: a twentieth of one processor. */
    static final Duration SHARE = Duration.ofMillis(50);

    /** The writer has more to do than it likes. */
    static final int BUSY = 200;

    /** From one note of the position to the next. */
    private static final Duration NOTE = Duration.ofSeconds(10);

    private static final Duration TELL = Duration.ofMillis(300);

    private final Database database;
    private final IntegrityState state;
    private final IntSupplier queued;
    private final BiConsumer<IntegrityResult, Actor> finished;
    private final Clock clock;
    private final Ticker ticker;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile boolean closing;

    /** Guarded by "lock". */
    private @Nullable CheckConnection connection;

    /** Guarded by "lock". */
    private @Nullable IntegrityPass pass;

    /** Guarded by "lock". */
    private long noted;

    /**
     * @param queued how much waits for the writer
     * @param finished is told what each check has found, before the check returns
     */
    public IntegrityWatch(
            Database database,
            IntegrityState state,
            IntSupplier queued,
            BiConsumer<IntegrityResult, Actor> finished,
            Clock clock,
            Ticker ticker) {
        this.database = database;
        this.state = state;
        this.queued = queued;
        this.finished = finished;
        this.clock = clock;
        this.ticker = ticker;
    }

    /** Does a little of the pass, if one is due; to be called every second. */
    @Override
    public void run() {
        if (closing || queued.getAsInt() > BUSY || !state.damage().isEmpty() || !lock.tryLock()) {
            return;
        }
        try {
            IntegrityPass present = pass == null ? begin() : pass;
            if (present != null) {
                pass = present;
                goOn(present);
            }
        } catch (SQLException | IOException e) {
            leave();
            if (!closing) {
                LOG.warn("the database is not checked at the moment: {}", Faults.inWords(e));
            }
        } finally {
            lock.unlock();
        }
    }

    /** The pass that is under way or due. */
    private @Nullable IntegrityPass begin() throws SQLException {
        Instant now = clock.instant();
        boolean due =
                state.begun()
                        .map(begun -> begun.isAfter(now) || !now.isBefore(begun.plus(PASS)))
                        .orElse(true);
        if (state.position().isEmpty()) {
            if (!due) {
                return null;
            }
            state.begin(now, isFullDue(now));
        }
        connection = new CheckConnection(database, () -> closing);
        return new IntegrityPass(
                connection.connection(),
                state.position().orElse(PassPosition.START),
                state.isFull());
    }

    private boolean isFullDue(Instant now) {
        return state.status()
                .checkedFull()
                .map(last -> last.isAfter(now) || !now.isBefore(last.plus(FULL)))
                .orElse(true);
    }

    private void goOn(IntegrityPass present) throws SQLException, IOException {
        long begin = ticker.nanos();
        while (!present.isOver()
                && present.damage().isEmpty()
                && !closing
                && ticker.nanos() - begin < SHARE.toNanos()) {
            present.step();
        }
        if (closing) {
            return;
        }
        if (!present.isOver() && present.damage().isEmpty()) {
            if (begin - noted >= NOTE.toNanos()) {
                noted = begin;
                state.reached(present.position());
            }
            return;
        }
        boolean full = state.isFull();
        List<IntegrityDamage> damage = present.damage();
        if (damage.isEmpty() && full) {
            damage = StructureCheck.of(database, () -> closing);
        }
        Instant begun = state.begun().orElse(clock.instant());
        leave();
        finish(begun, full, present.rows(), damage, Actor.part("store"));
    }

    /** Checks all now, by the calling thread. */
    public IntegrityResult check(boolean full, Actor by, Consumer<IntegrityProgress> progress)
            throws IOException, InterruptedException {
        if (!lock.tryLock()) {
            throw new IOException("the database is being checked already: try again in a minute");
        }
        Instant begun = clock.instant();
        try (CheckConnection own = new CheckConnection(database, () -> closing)) {
            IntegrityPass all = new IntegrityPass(own.connection(), PassPosition.START, full);
            long told = ticker.nanos();
            while (!all.isOver()) {
                if (closing || Thread.interrupted()) {
                    throw new InterruptedException("the check was ended");
                }
                if (ticker.nanos() - told >= TELL.toNanos()) {
                    told = ticker.nanos();
                    progress.accept(new IntegrityProgress(all.position().table(), all.rows()));
                }
                all.step();
            }
            List<IntegrityDamage> damage = all.damage();
            if (damage.isEmpty() && full) {
                progress.accept(new IntegrityProgress("the structure of the file", all.rows()));
                damage = StructureCheck.of(database, () -> closing);
            }
            return finish(begun, full, all.rows(), damage, by);
        } catch (SQLException e) {
            throw new IOException("the database cannot be checked: " + Faults.inWords(e), e);
        } finally {
            lock.unlock();
        }
    }

    private IntegrityResult finish(
            Instant begun, boolean full, long rows, List<IntegrityDamage> damage, Actor by) {
        Instant now = clock.instant();
        IntegrityResult result =
                new IntegrityResult(begun, Duration.between(begun, now), full, rows, damage);
        if (damage.isEmpty()) {
            state.sound(now, full);
            LOG.debug("{} rows are sound, full: {}", rows, full);
        } else {
            LOG.error(
                    "the database is damaged in {} places: {}",
                    damage.size(),
                    damage.get(0).inWords());
            state.damaged(damage);
        }
        finished.accept(result, by);
        return result;
    }

    /** What a check that goes wrong repeatedly holds. */
    private void leave() {
        CheckConnection old = connection;
        connection = null;
        pass = null;
        if (old != null) {
            old.close();
        }
    }

    /** Ends what is under way and notes where it stands. */
    @Override
    public void close() {
        closing = true;
        lock.lock();
        try {
            IntegrityPass present = pass;
            if (present != null && !present.isOver() && present.damage().isEmpty()) {
                state.reached(present.position());
            }
            leave();
        } finally {
            lock.unlock();
        }
    }
}
