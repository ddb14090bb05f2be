package io.visionops.ingest.internal.reachability;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * Decides when to probe a camera and whether its answer is news. A camera that answers at once was
 * there all along: whatever is wrong with it, that it answers is no reason to try earlier. Pure but
 * for the random source; times are monotonic nanoseconds. Not thread-safe.
 */
final class ProbeSchedule {

    /** A probe without an answer for so long is given up. */
    static final Duration LIMIT = Duration.ofSeconds(3);

    /** An answer that took so long came from a camera that had been frozen. */
    static final Duration LATE = Duration.ofMillis(1_500);

    /** Of the interval, either way: cameras that were lost together are not back together. */
    private static final double JITTER = 0.2;

    private final long interval;
    private final DoubleSupplier random;
    private long next;

    /** Read by others. */
    private volatile boolean silent;

    private boolean settled;

    /**
     * @param interval between the beginnings of two probes; the first is due at once
     * @param silent the camera gave no answer before, when others probed
     * @param random 0..1
     */
    ProbeSchedule(Duration interval, boolean silent, long now, DoubleSupplier random) {
        this.silent = silent;
        this.interval = interval.toNanos();
        this.random = random;
        this.next = now;
    }

    boolean isDue(long now) {
        return !settled && now - next >= 0;
    }

    /** Nothing more is to be done. */
    boolean isSettled() {
        return settled;
    }

    /** Whether the last probe got no answer. Thread-safe. */
    boolean isSilent() {
        return silent;
    }

    /** When the next probe is due. */
    long next() {
        return next;
    }

    /** Whether a probe has had its time. */
    static boolean isOver(long began, long now) {
        return now - began >= LIMIT.toNanos();
    }

    /**
     * @param began when the probe did
     */
    void unanswered(long began) {
        silent = true;
        double factor = 1 + JITTER * (2 * random.getAsDouble() - 1);
        next = began + (long) (interval * factor);
    }

    /**
     * @param began when the probe did
     * @return whether the camera is back: it was silent before
     */
    boolean answered(long began, long now) {
        boolean news = silent || now - began >= LATE.toNanos();
        settled = true;
        silent = false;
        return news;
    }
}
