package io.visionops.ingest.internal.tamper;

import java.time.Duration;
import java.util.Optional;

/**
 * Whether there is nothing to see in the pictures: it is dark, or something covers the lens. Used
 * by one thread.
 */
final class DarknessFault {

    /** Nanoseconds of evidence until it is over. */
    private static final long RECOVERY = 2_000_000_000L;

    /** Of the limit: what is left is for frames that come late. */
    private static final double SHARE = 0.8;

    /** Share of cells with something to see, and of cells that are lit, below which it is dark. */
    private static final double NOTHING = 0.01;

    private static final double SOMETHING = 0.02;

    /** A view that usually has this much to see and has nothing now is covered, dark or not. */
    private static final double RICH = 0.05;

    private final Debouncer dark = new Debouncer(RECOVERY);

    /**
     * @param elapsed nanoseconds since the last look
     * @param limit empty: nobody wants to know
     */
    Evidence look(Structure structure, Learning learning, long elapsed, Optional<Duration> limit) {
        Evidence evidence = evidence(structure, learning);
        dark.weigh(evidence, elapsed, limit, SHARE);
        return evidence;
    }

    private static Evidence evidence(Structure structure, Learning learning) {
        double steps = structure.steps();
        boolean unlit = structure.lit() < NOTHING;
        boolean covered = learning.isDone() && learning.steps() >= RICH;
        if (steps < NOTHING && (unlit || covered)) {
            return Evidence.FOR;
        }
        return steps > SOMETHING || structure.lit() > SOMETHING ? Evidence.AGAINST : Evidence.NONE;
    }

    boolean isFault() {
        return dark.isFault();
    }

    /** For how many nanoseconds there had been evidence when it began. */
    long age() {
        return dark.age();
    }

    /** It is dark until there is evidence against it. */
    void assume() {
        dark.assume();
    }
}
