package io.visionops.support.meter;

import io.visionops.api.time.Ticker;
import io.visionops.support.fault.RepeatedTask;
import io.visionops.support.thread.DaemonThreads;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes a sample of a part again and again, by a thread of its own: where a lock of the part is
 * never given back this thread hangs, and who reads the last sample sees its age. Thread-safe.
 */
public final class Sampler<T> implements AutoCloseable {

    /** From one sample to the next, where nothing else is said. */
    public static final Duration EVERY = Duration.ofSeconds(2);

    /** A sample takes milliseconds; an older one was missed again and again. */
    public static final Duration OVERDUE = Duration.ofSeconds(15);

    private final Supplier<T> source;
    private final Ticker ticker;
    private final ScheduledExecutorService thread;
    private volatile @Nullable T latest;
    private volatile long takenAt;

    public Sampler(String threadName, Ticker ticker, Supplier<T> source) {
        this.source = source;
        this.ticker = ticker;
        this.takenAt = ticker.nanos();
        this.thread = DaemonThreads.scheduler(threadName);
    }

    public void start() {
        start(EVERY);
    }

    /**
     * @param every from one sample to the next; a third of {@link #OVERDUE} at most
     */
    public void start(Duration every) {
        RepeatedTask.schedule(thread, "taking a sample", Duration.ZERO, every, this::sample);
    }

    /** Takes one now. */
    public void sample() {
        latest = source.get();
        takenAt = ticker.nanos();
    }

    /** Empty before the first one. */
    public Optional<T> latest() {
        return Optional.ofNullable(latest);
    }

    /** Of the last sample, or since the beginning. */
    public Duration age() {
        return Duration.ofNanos(ticker.nanos() - takenAt);
    }

    public boolean isOverdue() {
        return age().compareTo(OVERDUE) > 0;
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
