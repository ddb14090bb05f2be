package io.visionops.inference.internal.pipeline;

import io.visionops.api.analysis.AnalysisStatus.Latency;
import java.time.Duration;
import java.util.Arrays;

/** The last 1000 durations of something. Thread-safe. */
final class Latencies {

    private static final int KEPT = 1000;

    /** A ring; guarded by "this". */
    private final long[] nanos = new long[KEPT];

    /** Those above from the shortest on, for a summary; guarded by "this". */
    private final long[] sorted = new long[KEPT];

    /** Guarded by "this". */
    private long count;

    synchronized void add(long duration) {
        nanos[(int) (count++ % KEPT)] = Math.max(0, duration);
    }

    /** Asked for each second, so it makes no copy. */
    synchronized Latency summary() {
        int known = (int) Math.min(count, KEPT);
        if (known == 0) {
            return new Latency(Duration.ZERO, Duration.ZERO);
        }
        System.arraycopy(nanos, 0, sorted, 0, known);
        Arrays.sort(sorted, 0, known);
        return new Latency(quantile(known, 0.5), quantile(known, 0.95));
    }

    /** By nearest rank. Guarded by "this". */
    private Duration quantile(int known, double share) {
        int rank = (int) Math.ceil(share * known);
        return Duration.ofNanos(sorted[Math.max(0, rank - 1)]);
    }
}
