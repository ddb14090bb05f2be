package io.visionops.itests.guest;

import io.visionops.api.journal.Entry;
import io.visionops.api.journal.Journal;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Makes the database large, and measures how long single writers wait for their commits meanwhile.
 * Thread-safe.
 */
final class Workload {

    /** Of a size that a record may have; does not compress. */
    private static final int BYTES = 45_000;

    private static final int RECORDS = 18_000;
    private static final int AT_ONCE = 16;
    private static final int PERIOD_MILLIS = 20;
    private static final int MOST_SAMPLES = 100_000;

    private final Supplier<Journal> journal;
    private final Function<String, Entry> entry;
    private final Consumer<String> told;
    private final AtomicReference<CountDownLatch> sampling = new AtomicReference<>();

    /**
     * @param entry with a member of a JSON object in its body
     * @param told of what came of it, as such a member
     */
    Workload(Supplier<Journal> journal, Function<String, Entry> entry, Consumer<String> told) {
        this.journal = journal;
        this.entry = entry;
        this.told = told;
    }

    /** Writes more than a gigabyte, in a thread of its own. */
    void archive() {
        start(
                "visionops-weather-archive",
                () -> {
                    Random random = new Random(1);
                    byte[] bytes = new byte[BYTES];
                    Semaphore free = new Semaphore(AT_ONCE);
                    for (int i = 0; i < RECORDS; i++) {
                        random.nextBytes(bytes);
                        String text = Base64.getEncoder().encodeToString(bytes);
                        free.acquire();
                        journal.get()
                                .append(entry.apply("\"archive\":\"" + text + "\""))
                                .whenComplete((done, failure) -> free.release());
                    }
                    free.acquire(AT_ONCE);
                    told.accept("\"archived\":" + RECORDS);
                });
    }

    /** One small entry after the other, fifty a second, until {@link #calm}. */
    void sample() {
        CountDownLatch end = new CountDownLatch(1);
        if (!sampling.compareAndSet(null, end)) {
            return;
        }
        start(
                "visionops-weather-samples",
                () -> {
                    long[] nanos = new long[MOST_SAMPLES];
                    int count = 0;
                    do {
                        long begun = System.nanoTime();
                        journal.get()
                                .append(entry.apply("\"sample\":" + count))
                                .orTimeout(60, TimeUnit.SECONDS)
                                .join();
                        nanos[count++] = System.nanoTime() - begun;
                    } while (count < MOST_SAMPLES
                            && !end.await(PERIOD_MILLIS, TimeUnit.MILLISECONDS));
                    Arrays.sort(nanos, 0, count);
                    told.accept(
                            String.format(
                                    Locale.ROOT,
                                    "\"samples\":%d,\"medianMicros\":%d,\"p99Micros\":%d,\"longestMicros\":%d",
                                    count,
                                    nanos[count / 2] / 1000,
                                    nanos[count * 99 / 100] / 1000,
                                    nanos[count - 1] / 1000));
                });
    }

    void calm() {
        CountDownLatch end = sampling.getAndSet(null);
        if (end != null) {
            end.countDown();
        }
    }

    private interface Work {
        void run() throws InterruptedException;
    }

    private static void start(String name, Work work) {
        Thread thread =
                new Thread(
                        () -> {
                            try {
                                work.run();
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        },
                        name);
        thread.setDaemon(true);
        thread.start();
    }
}
