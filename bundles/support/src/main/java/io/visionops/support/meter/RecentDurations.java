package io.visionops.support.meter;

import java.time.Duration;
import java.util.Arrays;

/** The last thousand durations of something, for percentiles by nearest rank. Thread-safe. */
public final class RecentDurations {

    private static final int KEPT = 1000;

    /** A ring; guarded by "this", as all below. */
    private final long[] nanos = new long[KEPT];

    /**
     * The same from the shortest on: percentiles are asked for again and again, and make no copy.
     */
    private final long[] sorted = new long[KEPT];

    private long count;

    /** How many of them were known when they were last sorted. */
    private long countSorted;

    /**
     * @param duration in nanoseconds; below zero, by a clock that was set, it is zero
     */
    public synchronized void add(long duration) {
        nanos[(int) (count % KEPT)] = Math.max(0, duration);
        count++;
    }

    /** Those that are not kept any more too. */
    public synchronized long count() {
        return count;
    }

    /** So many of 100 were not longer; zero before the first. */
    public synchronized Duration percentile(int percent) {
        int known = (int) Math.min(count, KEPT);
        if (known == 0) {
            return Duration.ZERO;
        }
        if (countSorted != count) {
            System.arraycopy(nanos, 0, sorted, 0, known);
            Arrays.sort(sorted, 0, known);
            countSorted = count;
        }
        return Duration.ofNanos(sorted[Math.max(0, (known * percent - 1) / 100)]);
    }
}
