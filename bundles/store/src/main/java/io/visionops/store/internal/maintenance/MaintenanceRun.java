package io.visionops.store.internal.maintenance;

import io.visionops.api.database.MaintenanceResult;
import io.visionops.api.time.Ticker;
import io.visionops.store.internal.sqlite.Database;
import io.visionops.store.internal.sqlite.WriteConnection;
import io.visionops.store.internal.write.JournalWriter;
import io.visionops.store.internal.write.Work;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/**
 * One maintenance, in steps that the writer does between groups of entries: each holds it for some
 * milliseconds. Only writing the file anew holds it for as long as that takes. For one thread.
 */
final class MaintenanceRun {

    /** Bytes of live pages; beyond, the writer would be held for longer than the watchdog waits. */
    static final long LARGEST_FULL = 1L << 30;

    /** Bytes beside the two copies that there are for a while. */
    static final long MARGIN = 64L << 20;

    /** Pages that are given back in one step. */
    private static final int STEP = 500;

    /** Free pages that are left: they are used again within the hour. */
    static final int LEFT = 1_000;

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Database database;
    private final JournalWriter writer;
    private final LongSupplier free;
    private final Clock clock;
    private final Ticker ticker;
    private Duration longest = Duration.ZERO;
    private String remark = "";

    /**
     * @param free bytes that are free on the disk of the database
     */
    MaintenanceRun(
            Database database,
            JournalWriter writer,
            LongSupplier free,
            Clock clock,
            Ticker ticker) {
        this.database = database;
        this.writer = writer;
        this.free = free;
        this.clock = clock;
        this.ticker = ticker;
    }

    MaintenanceResult run(boolean full) throws IOException, InterruptedException {
        Instant begun = clock.instant();
        long start = ticker.nanos();
        long before = bytes();
        await(writer.submit(connection -> connection.prepared("PRAGMA optimize").execute()));
        if (full) {
            writeAnew();
        } else {
            giveBack();
        }
        alone(this::emptyLog);
        return new MaintenanceResult(
                begun,
                Duration.ofNanos(ticker.nanos() - start),
                full,
                before,
                bytes(),
                longest,
                remark);
    }

    private void giveBack() throws IOException, InterruptedException {
        Pages[] pages = new Pages[1];
        do {
            alone(
                    connection -> {
                        pages[0] = Pages.of(connection);
                        if (pages[0].canShrink() && pages[0].free() > LEFT) {
                            long some = Math.min(STEP, pages[0].free() - LEFT);
                            // Run to its end: each of its steps gives back one page.
                            update(connection, "PRAGMA incremental_vacuum(" + some + ")");
                        }
                    });
        } while (pages[0].canShrink() && pages[0].free() > LEFT);
        if (!pages[0].canShrink() && pages[0].free() > LEFT) {
            remark =
                    (pages[0].free() * pages[0].size() >> 20)
                            + " MB of the file are free and stay: it was made by an older version,"
                            + " maintenance --full writes it anew";
        }
    }

    private void writeAnew() throws IOException, InterruptedException {
        Pages[] pages = new Pages[1];
        alone(connection -> pages[0] = Pages.of(connection));
        long live = (pages[0].count() - pages[0].free()) * pages[0].size();
        if (live > LARGEST_FULL) {
            throw new IOException(
                    "refused: to write "
                            + (live >> 20)
                            + " MB anew would hold the writer for too long (up to "
                            + (LARGEST_FULL >> 20)
                            + " MB are). A backup that is restored is written anew too: backup-now,"
                            + " then backup-restore");
        }
        long needed = 2 * live + MARGIN;
        long there = free.getAsLong();
        if (there < needed) {
            throw new IOException(
                    "refused: "
                            + (needed >> 20)
                            + " MB are needed on the disk of "
                            + database.file().getParent()
                            + ", "
                            + (there >> 20)
                            + " MB are free");
        }
        alone(this::vacuum);
    }

    private void vacuum(WriteConnection connection) throws SQLException {
        Path folder = database.file().toAbsolutePath().getParent();
        connection.forgetStatements();
        try {
            update(connection, "PRAGMA auto_vacuum = INCREMENTAL");
            // Its passing copy belongs beside the database: not into memory, and not to /tmp.
            update(connection, "PRAGMA temp_store = FILE");
            update(
                    connection,
                    "PRAGMA temp_store_directory = '"
                            + String.valueOf(folder).replace("'", "''")
                            + "'");
            update(connection, "VACUUM");
        } finally {
            update(connection, "PRAGMA temp_store_directory = ''");
            update(connection, "PRAGMA temp_store = MEMORY");
        }
    }

    /** Who reads an old state keeps the log from being emptied; the writer does not wait for it. */
    private void emptyLog(WriteConnection connection) throws SQLException {
        update(connection, "PRAGMA busy_timeout = 100");
        try (ResultSet row =
                connection.prepared("PRAGMA wal_checkpoint(TRUNCATE)").executeQuery()) {
            boolean busy = row.next() && row.getInt(1) != 0;
            if (busy && remark.isEmpty()) {
                remark = "the log is not emptied: it is being read";
            }
        } finally {
            connection.forgetStatements();
            update(connection, "PRAGMA busy_timeout = 5000");
        }
    }

    private static void update(WriteConnection connection, String sql) throws SQLException {
        connection.with(
                raw -> {
                    try (Statement statement = raw.createStatement()) {
                        return statement.executeUpdate(sql);
                    }
                });
    }

    private void alone(Work work) throws IOException, InterruptedException {
        await(
                writer.submitAlone(
                        connection -> {
                            long start = ticker.nanos();
                            work.run(connection);
                            Duration held = Duration.ofNanos(ticker.nanos() - start);
                            longest = held.compareTo(longest) > 0 ? held : longest;
                        }));
    }

    private static void await(CompletableFuture<Void> done)
            throws IOException, InterruptedException {
        try {
            done.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new IOException("maintenance failed: " + cause.getMessage(), e);
        } catch (TimeoutException e) {
            throw new IOException(
                    "maintenance: the writer does not answer within " + LIMIT.toSeconds() + " s",
                    e);
        }
    }

    private long bytes() throws IOException {
        Path log = database.log();
        return Files.size(database.file()) + (Files.exists(log) ? Files.size(log) : 0);
    }
}
