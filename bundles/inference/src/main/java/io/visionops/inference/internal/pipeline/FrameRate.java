package io.visionops.inference.internal.pipeline;

import io.visionops.api.time.Ticker;

/** Frames a second over the last five, by the monotonic clock. Thread-safe; allocates nothing. */
final class FrameRate {

    private static final int SLOTS = 20;
    private static final long SLOT_NANOS = 250_000_000;

    private final Ticker ticker;
    private final long start;

    /** Frames by quarter of a second; one slot more than is read: the one being filled. */
    private final int[] frames = new int[SLOTS + 1];

    /** The newest slot, counted from the start. Guarded by "this". */
    private long newest;

    FrameRate(Ticker ticker) {
        this.ticker = ticker;
        this.start = ticker.nanos();
    }

    synchronized void frame() {
        advance();
        frames[(int) (newest % frames.length)]++;
    }

    /** Before five seconds are over, the rate over the time since the start. */
    synchronized double perSecond() {
        advance();
        if (newest == 0) {
            return 0;
        }
        int sum = 0;
        for (int frame : frames) {
            sum += frame;
        }
        sum -= frames[(int) (newest % frames.length)];
        return sum * 1e9 / (Math.min(newest, SLOTS) * SLOT_NANOS);
    }

    private void advance() {
        long now = (ticker.nanos() - start) / SLOT_NANOS;
        if (now - newest >= frames.length) {
            newest = now - frames.length;
        }
        while (newest < now) {
            newest++;
            frames[(int) (newest % frames.length)] = 0;
        }
    }
}
