package io.visionops.inference.internal.pipeline;

import io.visionops.api.analysis.AnalysisStatus.Latency;
import java.time.Duration;
import java.util.Arrays;

/** The last 1000 durations of something. Thread-safe. */
final class Latencies {

    private static final int KEPT = 1000;

    /** A ring; guarded by "this". */
    private final long[] nanos = new long[KEPT];

    /** Guarded by "this". */
    private long count;

    synchronized void add(long duration) {
        nanos[(int) (count++ % KEPT)] = Math.max(0, duration);
    }

    Latency summary() {
        long[] sorted;
        synchronized (this) {
            sorted = Arrays.copyOf(nanos, (int) Math.min(count, KEPT));
        }
        if (sorted.length == 0) {
            return new Latency(Duration.ZERO, Duration.ZERO);
        }
        Arrays.sort(sorted);
        return new Latency(quantile(sorted, 0.5), quantile(sorted, 0.95));
    }

    /** By nearest rank. */
    private static Duration quantile(long[] sorted, double share) {
        int rank = (int) Math.ceil(share * sorted.length);
        return Duration.ofNanos(sorted[Math.max(0, rank - 1)]);
    }
}
