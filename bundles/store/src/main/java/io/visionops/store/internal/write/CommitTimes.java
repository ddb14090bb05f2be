package io.visionops.store.internal.write;

import java.time.Duration;
import java.util.Arrays;

/** How long the last thousand group commits took. Thread-safe. */
final class CommitTimes {

    /** Guarded by "this". */
    private final long[] nanos = new long[1000];

    /** To find percentiles in, which is done each second. Guarded by "this". */
    private final long[] sorted = new long[nanos.length];

    /** Guarded by "this". */
    private long commits;

    synchronized void add(long took) {
        nanos[(int) (commits % nanos.length)] = took;
        commits++;
    }

    synchronized long commits() {
        return commits;
    }

    /** So many of 100 commits were not slower; zero before the first. */
    synchronized Duration percentile(int percent) {
        int known = (int) Math.min(commits, nanos.length);
        if (known == 0) {
            return Duration.ZERO;
        }
        System.arraycopy(nanos, 0, sorted, 0, known);
        Arrays.sort(sorted, 0, known);
        return Duration.ofNanos(sorted[Math.max(0, (known * percent - 1) / 100)]);
    }
}
