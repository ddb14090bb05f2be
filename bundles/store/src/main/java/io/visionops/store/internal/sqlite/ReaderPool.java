package io.visionops.store.internal.sqlite;

import io.visionops.api.database.IntegrityDamage;
import io.visionops.api.database.SlowQuery;
import io.visionops.api.query.JournalReadException;
import io.visionops.api.time.Ticker;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A few connections that read, shared by all threads that ask. Thread-safe. */
public final class ReaderPool implements AutoCloseable {

    /** More would only compete for the same disk, and each one pins the write-ahead log. */
    public static final int CONNECTIONS = 4;

    /** For one call, the wait for a connection included. */
    public static final Duration DEADLINE = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(ReaderPool.class);

    private final Database database;
    private final Ticker ticker;
    private final Semaphore permits = new Semaphore(CONNECTIONS, true);
    private final ConcurrentLinkedDeque<Reader> idle = new ConcurrentLinkedDeque<>();
    private final SlowQueries slow = new SlowQueries();
    private volatile Consumer<IntegrityDamage> damaged = damage -> {};
    private volatile boolean stopping;

    /** What is read, inside one transaction. */
    @FunctionalInterface
    public interface Query<T> {

        T run(Reader reader) throws SQLException;
    }

    public ReaderPool(Database database, Ticker ticker) {
        this.database = database;
        this.ticker = ticker;
    }

    /**
     * Runs a query on one state of the database.
     *
     * @throws JournalReadException when it cannot be read within the deadline
     */
    public <T> T read(Query<T> query) {
        long deadline = ticker.nanos() + DEADLINE.toNanos();
        acquire();
        Reader reader = null;
        try {
            reader = idle.pollLast();
            if (reader == null) {
                reader =
                        new Reader(
                                database.openReader(), ticker, () -> stopping, slow, this::damaged);
            }
            reader.begin(deadline);
            T result = query.run(reader);
            reader.end();
            idle.addLast(reader);
            reader = null;
            return result;
        } catch (SQLException failure) {
            if (Faults.isDamaged(failure)) {
                damaged(new IntegrityDamage("", "", Faults.inWords(failure)));
            }
            throw new JournalReadException(explain(reader, failure), failure);
        } finally {
            if (reader != null) {
                reader.failed();
                discard(reader);
            }
            permits.release();
        }
    }

    /**
     * @param listener is told of each row that is not what was written, by the thread that reads
     */
    public void onDamage(Consumer<IntegrityDamage> listener) {
        damaged = listener;
    }

    private void damaged(IntegrityDamage damage) {
        damaged.accept(damage);
    }

    /** What took longest, since the pool was made. */
    public List<SlowQuery> slowest() {
        return slow.slowest();
    }

    /** Ends running queries and closes every connection. */
    @Override
    public void close() {
        stopping = true;
        try {
            if (!permits.tryAcquire(CONNECTIONS, DEADLINE.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("a query does not end; its connection is left open");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        for (Reader reader = idle.poll(); reader != null; reader = idle.poll()) {
            discard(reader);
        }
    }

    private void acquire() {
        String refusal = "the store is stopping";
        try {
            if (!stopping && permits.tryAcquire(DEADLINE.toMillis(), TimeUnit.MILLISECONDS)) {
                if (!stopping) {
                    return;
                }
                permits.release();
            } else if (!stopping) {
                refusal = "too many queries at once: none of them ended within 5 s";
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new JournalReadException(
                    "interrupted while waiting for a connection", interrupted);
        }
        throw new JournalReadException(refusal, new TimeoutException(refusal));
    }

    private static String explain(@Nullable Reader reader, SQLException failure) {
        return reader != null && reader.isOverdue()
                ? "the query took longer than 5 s: narrow it"
                : "the database cannot be read: " + Faults.inWords(failure);
    }

    private static void discard(Reader reader) {
        try {
            reader.close();
        } catch (SQLException failure) {
            LOG.debug("closing a reader that failed", failure);
        }
    }
}
