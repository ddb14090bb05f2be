package io.visionops.store.internal;

import io.visionops.api.journal.JournalException;
import io.visionops.store.internal.sqlite.ReaderPool;
import io.visionops.store.internal.sqlite.WriteConnection;
import io.visionops.store.internal.write.JournalWriter;
import io.visionops.store.internal.write.Sequence;
import io.visionops.store.internal.write.Work;
import io.visionops.support.time.TrustedClock;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Forgets what is old, in batches small enough that nothing waits for them; old by a time that does
 * not leap ({@link TrustedClock}). Runs on one thread at a time.
 */
final class Retention implements Runnable {

    /** Rows of one transaction. */
    static final int BATCH = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

    private static final Duration BATCH_DEADLINE = Duration.ofMinutes(1);

    static final String OLD_EVENTS =
            "SELECT seq FROM events WHERE seq < ? ORDER BY seq LIMIT " + BATCH;
    static final String OLD_TRACKS =
            "DELETE FROM tracks WHERE seq IN (SELECT seq FROM tracks WHERE seq < ? ORDER BY seq"
                    + " LIMIT "
                    + BATCH
                    + ")";
    static final String OLD_STATES =
            "DELETE FROM camera_states WHERE seq IN (SELECT seq FROM camera_states WHERE seq < ?"
                    + " ORDER BY seq LIMIT "
                    + BATCH
                    + ")";
    static final String OLD_RECORDS =
            "DELETE FROM records WHERE seq IN (SELECT seq FROM records WHERE kind = ? AND seq < ?"
                    + " ORDER BY seq LIMIT "
                    + BATCH
                    + ")";
    static final String NEXT_KIND = "SELECT min(kind) FROM records WHERE kind > ?";
    static final String OLD_METRICS =
            "DELETE FROM metrics_history WHERE (camera, metric, hour) IN (SELECT camera, metric,"
                    + " hour FROM metrics_history WHERE hour < ? ORDER BY hour LIMIT "
                    + BATCH
                    + ")";
    static final String OLD_SEEN =
            "DELETE FROM entries_seen WHERE seq IN (SELECT seq FROM entries_seen WHERE seq <= ?"
                    + " ORDER BY seq LIMIT "
                    + BATCH
                    + ")";
    static final String OLD_SNAPSHOTS =
            "SELECT event, file FROM snapshots WHERE time < ? ORDER BY time LIMIT " + BATCH;

    private final JournalWriter writer;
    private final ReaderPool readers;
    private final SnapshotFolder snapshots;
    private final Supplier<RetentionPolicy> kept;
    private final TrustedClock time;

    /** The newest entry at the last run; what was there then has been kept for long enough. */
    private long seenBefore;

    /** A batch that says how many rows it took. */
    private interface Batch {
        int run(WriteConnection connection) throws SQLException;
    }

    Retention(
            JournalWriter writer,
            ReaderPool readers,
            SnapshotFolder snapshots,
            Supplier<RetentionPolicy> kept,
            TrustedClock time) {
        this.writer = writer;
        this.readers = readers;
        this.snapshots = snapshots;
        this.kept = kept;
        this.time = time;
    }

    @Override
    public void run() {
        try {
            removeOld();
        } catch (JournalException | TimeoutException failure) {
            LOG.warn("old rows stay until the next run: {}", failure.getMessage());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void removeOld() throws InterruptedException, TimeoutException {
        removeSeen();
        Instant now = time.now();
        RetentionPolicy limits = kept.get();
        long events = now.minus(limits.events()).toEpochMilli();
        long pictures = Math.max(events, now.minus(limits.snapshots()).toEpochMilli());
        long tracks = Sequence.first(now.minus(limits.tracks()).toEpochMilli());

        removeSnapshots(pictures);
        long removedEvents = repeat(connection -> removeEvents(connection, events));
        repeat(connection -> delete(connection, OLD_STATES, Sequence.first(events)));
        repeat(connection -> delete(connection, OLD_METRICS, events));
        removeRecords(limits, now);
        long removedTracks = repeat(connection -> delete(connection, OLD_TRACKS, tracks));
        snapshots.removeOrphans(readers, pictures, now);
        await(connection -> connection.prepared("PRAGMA optimize").execute());
        if (removedEvents + removedTracks > 0) {
            LOG.info("{} old events, {} old frames removed", removedEvents, removedTracks);
        }
    }

    private void removeRecords(RetentionPolicy limits, Instant now)
            throws InterruptedException, TimeoutException {
        for (String kind = nextKind(""); kind != null; kind = nextKind(kind)) {
            String one = kind;
            long before = Sequence.first(now.minus(limits.ofKind(one)).toEpochMilli());
            repeat(
                    connection -> {
                        PreparedStatement delete = connection.prepared(OLD_RECORDS);
                        delete.setString(1, one);
                        delete.setLong(2, before);
                        return delete.executeUpdate();
                    });
        }
    }

    private @Nullable String nextKind(String kind) {
        return readers.<Optional<String>>read(
                        reader -> {
                            try (ResultSet row = reader.prepared(NEXT_KIND, kind).executeQuery()) {
                                return row.next()
                                        ? Optional.ofNullable(row.getString(1))
                                        : Optional.empty();
                            }
                        })
                .orElse(null);
    }

    /** By the order of writing and not by age: replays come within seconds, whatever the clock. */
    private void removeSeen() throws InterruptedException, TimeoutException {
        long mark = seenBefore;
        repeat(connection -> delete(connection, OLD_SEEN, mark));
        seenBefore =
                readers.read(
                        reader -> {
                            try (ResultSet row =
                                    reader.prepared("SELECT max(seq) FROM entries_seen")
                                            .executeQuery()) {
                                return row.next() ? row.getLong(1) : 0L;
                            }
                        });
    }

    private static int removeEvents(WriteConnection connection, long before) throws SQLException {
        List<Long> keys = new ArrayList<>(BATCH);
        PreparedStatement select = connection.prepared(OLD_EVENTS);
        select.setLong(1, Sequence.first(before));
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                keys.add(row.getLong(1));
            }
        }
        for (Long key : keys) {
            delete(connection, "DELETE FROM events_text WHERE rowid = ?", key);
            delete(connection, "DELETE FROM events WHERE seq = ?", key);
        }
        return keys.size();
    }

    /** First the rows, then the files: a row without its file would promise a picture. */
    private void removeSnapshots(long before) throws InterruptedException, TimeoutException {
        List<String> files = new ArrayList<>();
        do {
            files.clear();
            await(
                    connection -> {
                        files.clear();
                        files.addAll(removeSnapshotRows(connection, before));
                    });
            snapshots.remove(files);
        } while (files.size() == BATCH);
    }

    private static List<String> removeSnapshotRows(WriteConnection connection, long before)
            throws SQLException {
        List<byte[]> keys = new ArrayList<>();
        List<String> files = new ArrayList<>();
        PreparedStatement select = connection.prepared(OLD_SNAPSHOTS);
        select.setLong(1, before);
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                keys.add(row.getBytes(1));
                files.add(row.getString(2));
            }
        }
        PreparedStatement delete = connection.prepared("DELETE FROM snapshots WHERE event = ?");
        for (byte[] key : keys) {
            delete.setBytes(1, key);
            delete.executeUpdate();
        }
        return files;
    }

    private static int delete(WriteConnection connection, String sql, long key)
            throws SQLException {
        PreparedStatement delete = connection.prepared(sql);
        delete.setLong(1, key);
        return delete.executeUpdate();
    }

    private long repeat(Batch batch) throws InterruptedException, TimeoutException {
        long removed = 0;
        int[] last = new int[1];
        do {
            await(connection -> last[0] = batch.run(connection));
            removed += last[0];
        } while (last[0] == BATCH);
        return removed;
    }

    private void await(Work work) throws InterruptedException, TimeoutException {
        try {
            writer.submit(work).get(BATCH_DEADLINE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException failure) {
            throw new JournalException(String.valueOf(failure.getMessage()), failure);
        }
    }
}
