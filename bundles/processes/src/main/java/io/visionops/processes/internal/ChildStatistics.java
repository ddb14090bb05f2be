package io.visionops.processes.internal;

import io.visionops.api.time.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** What has happened to children since the start, for metrics and health. Thread-safe. */
final class ChildStatistics {

    private final Ticker ticker;
    private final AtomicLong started = new AtomicLong();
    private final AtomicLong endedUnclaimed = new AtomicLong();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile long measuredNanos;

    ChildStatistics(Ticker ticker) {
        this.ticker = ticker;
        measuredNanos = ticker.nanos();
    }

    /**
     * @param listener called after each measurement, by the thread that measures
     */
    void addListener(Runnable listener) {
        listeners.add(listener);
    }

    void removeListener(Runnable listener) {
        listeners.remove(listener);
    }

    void started() {
        started.incrementAndGet();
    }

    void ended(boolean unclaimed) {
        if (unclaimed) {
            endedUnclaimed.incrementAndGet();
        }
    }

    void measured() {
        measuredNanos = ticker.nanos();
        listeners.forEach(Runnable::run);
    }

    long startedCount() {
        return started.get();
    }

    long endedUnclaimedCount() {
        return endedUnclaimed.get();
    }

    /** How old the last figures of memory and CPU are; without children they are new as well. */
    Duration measurementAge() {
        return Duration.ofNanos(ticker.nanos() - measuredNanos);
    }
}
