package io.visionops.ingest.internal.coverage;

import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * By how much frames come late, against the pace of their own stream: how much longer than the
 * median the gap before one in twenty of them is. So it does not matter how many frames are asked
 * for. Guarded by the feed's lock.
 */
final class JitterMeter {

    /** A minute of the highest rate; of more the first ones tell enough. */
    private static final int MOST = 60 * 30;

    /** Of fewer, one in twenty is none. */
    private static final int LEAST = 20;

    private final long[] gaps = new long[MOST];
    private int count;
    private boolean flowing;
    private long last;

    /**
     * @param nanos monotonic, when it was complete
     */
    void frame(long nanos) {
        if (flowing && count < MOST) {
            gaps[count++] = nanos - last;
        }
        flowing = true;
        last = nanos;
    }

    /** What comes next does not follow what came last. */
    void interrupt() {
        flowing = false;
    }

    /** Milliseconds, of what came since the last call; empty of too little. */
    OptionalDouble take() {
        int taken = count;
        count = 0;
        if (taken < LEAST) {
            return OptionalDouble.empty();
        }
        Arrays.sort(gaps, 0, taken);
        return OptionalDouble.of((gaps[taken * 19 / 20] - gaps[taken / 2]) / 1e6);
    }
}
