package io.visionops.inference.internal.detector;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Calls of detectors that did not come back, each of which keeps a thread. Native code cannot be
 * stopped, so their number is limited: then no detector that failed is tried any more, and only a
 * restart helps. Thread-safe.
 */
public final class HungCalls {

    /** More of them would take the processors and memory of the calls that work. */
    public static final int MOST = 4;

    private final AtomicInteger count = new AtomicInteger();

    void begin() {
        count.incrementAndGet();
    }

    /** One has come back after all. */
    void end() {
        count.decrementAndGet();
    }

    public int count() {
        return count.get();
    }

    boolean isFull() {
        return count.get() >= MOST;
    }
}
