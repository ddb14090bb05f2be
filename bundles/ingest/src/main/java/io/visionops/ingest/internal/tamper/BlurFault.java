package io.visionops.ingest.internal.tamper;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** Whether the pictures are less sharp than they usually are. Used by one thread. */
final class BlurFault {

    /** Nanoseconds of evidence until it is over. */
    private static final long RECOVERY = 10_000_000_000L;

    /** Of the limit: what is left is for the smoothing before and for frames that come late. */
    private static final double SHARE = 0.75;

    /** Of the usual sharpness. */
    private static final double BLURRED = 0.6;

    private static final double SHARP = 0.7;

    /** Of the usual contrast of large areas. */
    private static final double MELTED = 0.7;

    private final Sharpness sharpness = new Sharpness();
    private final Debouncer blurred = new Debouncer(RECOVERY);
    private boolean judged;

    /** Measures a picture, and compares it with what is usual. */
    Evidence look(Luma luma, Structure structure, Learning learning) {
        judged = sharpness.look(luma);
        double usual = learning.sharpness();
        if (usual <= 0) {
            return Evidence.NONE;
        }
        if (!judged) {
            // No edges are left, but bright and dark are: fog and night would have taken them too.
            boolean melted = structure.contrast() >= MELTED * learning.contrast();
            return melted && sharpness.isQuiet() ? Evidence.FOR : Evidence.NONE;
        }
        double share = sharpness.now() / usual;
        return share < BLURRED ? Evidence.FOR : share > SHARP ? Evidence.AGAINST : Evidence.NONE;
    }

    /**
     * @param elapsed nanoseconds since the last look
     * @param limit empty: nobody wants to know
     */
    void weigh(Evidence evidence, long elapsed, Optional<Duration> limit) {
        blurred.weigh(evidence, elapsed, limit, SHARE);
    }

    /** Of the last picture; NaN when it cannot be judged. */
    double sharpness() {
        return judged ? sharpness.now() : Double.NaN;
    }

    /** How sharp they are, for a person. */
    String words(Learning learning) {
        return String.format(
                Locale.ROOT,
                "%.0f %% as sharp as usual",
                100 * sharpness.now() / Math.max(learning.sharpness(), Double.MIN_NORMAL));
    }

    boolean isFault() {
        return blurred.isFault();
    }

    /** For how many nanoseconds there had been evidence when it began. */
    long age() {
        return blurred.age();
    }

    /** They are blurred until there is evidence against it. */
    void assume() {
        blurred.assume();
    }

    void forget() {
        blurred.forget();
    }
}
