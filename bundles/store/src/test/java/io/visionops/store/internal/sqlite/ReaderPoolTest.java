package io.visionops.store.internal.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.visionops.api.query.JournalReadException;
import io.visionops.api.time.Ticker;
import io.visionops.testkit.ManualClock;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReaderPoolTest {

    private static final String ENDLESS =
            "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n";

    @TempDir Path folder;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private Database database;
    private WriteConnection writer;

    @BeforeEach
    void create() throws SQLException {
        database = new Database(folder.resolve("test.db"));
        writer = new WriteConnection(database);
        writer.prepared("CREATE TABLE t (x INTEGER)").execute();
        writer.prepared("INSERT INTO t VALUES (1)").execute();
    }

    @AfterEach
    void close() {
        threads.shutdownNow();
        writer.close();
    }

    @Test
    void aReaderCannotWrite() {
        try (ReaderPool pool = new ReaderPool(database, Ticker.system())) {
            assertThatThrownBy(
                            () ->
                                    pool.read(
                                            reader ->
                                                    reader.prepared("DELETE FROM t")
                                                            .executeUpdate()))
                    .isInstanceOf(JournalReadException.class);
            assertThat(pool.read(ReaderPoolTest::count)).isEqualTo(1);
        }
    }

    @Test
    void aQuerySeesOneStateWhateverIsWrittenMeanwhile() {
        try (ReaderPool pool = new ReaderPool(database, Ticker.system())) {
            List<Integer> seen =
                    pool.read(
                            reader -> {
                                int before = count(reader);
                                writer.prepared("INSERT INTO t VALUES (2)").execute();
                                return List.of(before, count(reader));
                            });

            assertThat(seen).containsExactly(1, 1);
            assertThat(pool.read(ReaderPoolTest::count)).isEqualTo(2);
        }
    }

    @Test
    void aQueryThatTakesTooLongIsEnded() throws InterruptedException {
        ManualClock clock = new ManualClock(Instant.EPOCH);
        try (ReaderPool pool = new ReaderPool(database, clock)) {
            CountDownLatch running = new CountDownLatch(1);
            CompletableFuture<Integer> endless = read(pool, ENDLESS, running);
            running.await();

            clock.advance(Duration.ofSeconds(6));

            assertThatThrownBy(endless::join)
                    .hasRootCauseMessage(
                            "[SQLITE_INTERRUPT] Operation terminated by sqlite3_interrupt() (interrupted)")
                    .cause()
                    .isInstanceOf(JournalReadException.class)
                    .hasMessage("the query took longer than 5 s: narrow it");
            assertThat(pool.read(ReaderPoolTest::count)).isEqualTo(1);
        }
    }

    @Test
    void closingEndsRunningQueriesAndRefusesNewOnes() throws InterruptedException {
        ReaderPool pool = new ReaderPool(database, Ticker.system());
        CountDownLatch running = new CountDownLatch(1);
        CompletableFuture<Integer> endless = read(pool, ENDLESS, running);
        running.await();

        pool.close();

        assertThatThrownBy(endless::join).hasCauseInstanceOf(JournalReadException.class);
        assertThatThrownBy(() -> pool.read(ReaderPoolTest::count))
                .isInstanceOf(JournalReadException.class)
                .hasMessage("the store is stopping");
    }

    @Test
    void aFifthQueryWaitsForOneOfFourToEndButNotForEver() throws InterruptedException {
        try (ReaderPool pool = new ReaderPool(database, Ticker.system())) {
            CountDownLatch running = new CountDownLatch(ReaderPool.CONNECTIONS);
            CountDownLatch gate = new CountDownLatch(1);
            List<CompletableFuture<Integer>> held = new ArrayList<>();
            for (int i = 0; i < ReaderPool.CONNECTIONS; i++) {
                held.add(
                        CompletableFuture.supplyAsync(
                                () -> pool.read(reader -> hold(reader, running, gate)), threads));
            }
            running.await();

            assertThatThrownBy(() -> pool.read(ReaderPoolTest::count))
                    .isInstanceOf(JournalReadException.class)
                    .hasMessage("too many queries at once: none of them ended within 5 s");

            CompletableFuture<Integer> fifth =
                    CompletableFuture.supplyAsync(() -> pool.read(ReaderPoolTest::count), threads);
            gate.countDown();

            assertThat(fifth).succeedsWithin(10, TimeUnit.SECONDS).isEqualTo(1);
            held.forEach(one -> assertThat(one).succeedsWithin(10, TimeUnit.SECONDS));
        }
    }

    private CompletableFuture<Integer> read(ReaderPool pool, String sql, CountDownLatch running) {
        return CompletableFuture.supplyAsync(
                () ->
                        pool.read(
                                reader -> {
                                    running.countDown();
                                    try (ResultSet row = reader.prepared(sql).executeQuery()) {
                                        return row.next() ? row.getInt(1) : 0;
                                    }
                                }),
                threads);
    }

    private static int hold(Reader reader, CountDownLatch running, CountDownLatch gate)
            throws SQLException {
        int count = count(reader);
        running.countDown();
        try {
            gate.await();
        } catch (InterruptedException interrupted) {
            throw new SQLException(interrupted);
        }
        return count;
    }

    private static int count(Reader reader) throws SQLException {
        try (ResultSet row = reader.prepared("SELECT count(*) FROM t").executeQuery()) {
            row.next();
            return row.getInt(1);
        }
    }
}
