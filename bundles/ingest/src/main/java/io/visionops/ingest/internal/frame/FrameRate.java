package io.visionops.ingest.internal.frame;

import java.time.Duration;
import java.util.Arrays;

/** How many frames a second came lately. Thread-safe. */
public final class FrameRate {

    /** Guarded by "this". */
    private final long[] intake;

    /** All frames so far. Guarded by "this". */
    private long count;

    /**
     * @param most frames that are remembered: rate times the longest window asked for
     */
    public FrameRate(int most) {
        intake = new long[most];
    }

    public synchronized void arrived(long nanos) {
        intake[(int) (count % intake.length)] = nanos;
        count++;
    }

    public synchronized void reset() {
        count = 0;
        Arrays.fill(intake, 0);
    }

    /**
     * Frames a second over the last {@code window}; a window that is not full yet counts in full.
     */
    public synchronized double perSecond(long now, Duration window) {
        int frames = 0;
        long known = Math.min(count, intake.length);
        for (long i = 1; i <= known; i++) {
            if (now - intake[(int) ((count - i) % intake.length)] > window.toNanos()) {
                break;
            }
            frames++;
        }
        return frames / (window.toMillis() / 1000.0);
    }
}
