package io.visionops.ingest.internal.camera;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** How many changes each camera has had, for who wants to wait for one. Thread-safe. */
final class RevisionCounter {

    /** Guarded by "this". */
    private final Map<String, Long> counts = new HashMap<>();

    synchronized void changed(String camera) {
        counts.merge(camera, 1L, Long::sum);
        notifyAll();
    }

    synchronized long of(String camera) {
        return counts.getOrDefault(camera, 0L);
    }

    /**
     * Waits for a change.
     *
     * @param after the count before it
     * @return false when none came in time
     */
    synchronized boolean await(String camera, long after, Duration limit)
            throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (of(camera) <= after) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }
}
