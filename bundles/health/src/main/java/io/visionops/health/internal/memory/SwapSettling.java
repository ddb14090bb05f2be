package io.visionops.health.internal.memory;

import io.visionops.api.time.Ticker;
import java.time.Duration;

/**
 * Decides when what swapped bundles leave behind is to be given back: once, when no bundle has been
 * swapped for a while. Thread-safe.
 */
final class SwapSettling {

    /** What was handed over is taken, and what the old part has begun has ended. */
    static final Duration QUIET = Duration.ofSeconds(15);

    private final Ticker ticker;

    /** Guarded by "this". */
    private boolean due;

    /** Guarded by "this". */
    private long last;

    SwapSettling(Ticker ticker) {
        this.ticker = ticker;
    }

    /** A bundle was swapped. */
    synchronized void swapped() {
        due = true;
        last = ticker.nanos();
    }

    /** Is it time? True once a row of swaps. */
    synchronized boolean isDue() {
        if (!due || ticker.nanos() - last < QUIET.toNanos()) {
            return false;
        }
        due = false;
        return true;
    }
}
