package io.visionops.store.internal;

import static io.visionops.store.internal.TestStore.NOON;
import static io.visionops.store.internal.TestStore.all;
import static io.visionops.store.internal.TestStore.crossing;
import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.journal.Entry;
import io.visionops.api.journal.Event;
import io.visionops.api.journal.Event.Direction;
import io.visionops.api.journal.Fact;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many write and many read at once. */
class ConcurrencyTest {

    private static final int WRITERS = 4;
    private static final int ENTRIES = 1_000;

    @TempDir Path folder;

    @Test
    void readersBesideTheWriterSeeCountsThatOnlyRiseAndNobodyFails() {
        ExecutorService threads = Executors.newCachedThreadPool();
        AtomicBoolean writing = new AtomicBoolean(true);
        try (TestStore store = new TestStore(folder)) {
            store.reader();
            List<CompletableFuture<Long>> readers = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                readers.add(CompletableFuture.supplyAsync(() -> watch(store, writing), threads));
            }
            List<CompletableFuture<Void>> writers = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                String camera = "camera" + i;
                writers.add(CompletableFuture.runAsync(() -> write(store, camera), threads));
            }

            writers.forEach(TestStore::await);
            writing.set(false);

            for (CompletableFuture<Long> reader : readers) {
                assertThat(reader).succeedsWithin(10, TimeUnit.SECONDS);
                assertThat(TestStore.await(reader)).isPositive();
            }
            assertThat(counted(store)).isEqualTo(WRITERS * ENTRIES);
            assertThat(store.reader().statistics().rows())
                    .containsEntry("events", (long) WRITERS * ENTRIES);
        } finally {
            threads.shutdownNow();
        }
    }

    private static void write(TestStore store, String camera) {
        List<CompletableFuture<Void>> written = new ArrayList<>();
        for (int i = 0; i < ENTRIES; i++) {
            Event event = crossing(camera, NOON.plusMillis(i), "door", "person");
            Fact count = new Fact.Crossing(camera, event.time(), "door", "person", Direction.IN);
            written.add(store.journal().append(Entry.of(event, count)));
        }
        written.forEach(TestStore::await);
    }

    /** Reads until nothing is written any more; the number of reads. */
    private static long watch(TestStore store, AtomicBoolean writing) {
        long reads = 0;
        long before = 0;
        do {
            long now = counted(store);
            assertThat(now).isGreaterThanOrEqualTo(before);
            assertThat(store.reader().events(all(50)).events()).hasSizeLessThanOrEqualTo(50);
            before = now;
            reads++;
        } while (writing.get());
        return reads;
    }

    private static long counted(TestStore store) {
        return store.reader().lineCounts(CountsTest.everything()).stream()
                .mapToLong(row -> row.count().orElse(0))
                .sum();
    }
}
