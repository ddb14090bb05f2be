package io.visionops.ingest.internal.tamper;

import java.time.Duration;
import java.util.Optional;

/**
 * Whether the pictures are frozen: {@link FreezeDetector} finds that they stand still, and this has
 * the patience that the camera needs. A freeze that soon ends by itself was none, most likely, but
 * a codec that repeats pictures until its next key frame: such a camera is given more time from
 * then on, best before it was taken for one. Used by one thread.
 */
final class FreezeFault {

    /** Nanoseconds of evidence until it is over. */
    private static final long RECOVERY = 6_000_000_000L;

    /** Of the limit: a comparison that spans six tenths must hold for so long. */
    private static final double SHARE = 0.15;

    /** For what is seen of it while it is off. */
    private static final Duration UNSET = Duration.ofSeconds(10);

    /** Twice, four times, at most six times the limit. */
    private static final int MOST_PATIENCE = 6;

    private final FreezeDetector stillness = new FreezeDetector();
    private final Debouncer frozen = new Debouncer(RECOVERY);
    private long frozenAt;
    private int patience = 1;

    /** Whether it is time for a glance at a picture between two looks. */
    boolean isDue(long nanos, Optional<Duration> limit) {
        return limit.isPresent() && stillness.isDue(nanos, patient(limit));
    }

    /**
     * Looks whether a picture repeats another.
     *
     * @return whether it is certain now, and was not before, that they are frozen
     */
    boolean glance(Luma luma, long nanos, Optional<Duration> limit) {
        boolean begins = stillness.glance(luma, nanos, patient(limit)) && !frozen.isFault();
        if (begins) {
            frozen.assume();
            frozenAt = nanos;
        }
        return begins;
    }

    /**
     * @param elapsed nanoseconds since the last look
     * @param limit empty: nobody wants to know
     */
    Evidence look(Luma luma, long nanos, long elapsed, Optional<Duration> limit) {
        long patient = patient(limit);
        Evidence still = stillness.look(luma, nanos, patient);
        boolean before = frozen.isFault();
        frozen.weigh(still, elapsed, limit.map(unused -> Duration.ofNanos(patient)), SHARE);
        if (limit.isPresent() && stillness.isCertain(nanos, patient)) {
            frozen.assume();
        }
        boolean endedSoon = before && nanos - frozenAt < 2 * patient;
        if (!before && frozen.isFault()) {
            frozenAt = nanos;
        } else if (!frozen.isFault() && (endedSoon || !before && stillness.hasQuietEnded())) {
            patience = Math.min(MOST_PATIENCE, 2 * patience);
        }
        return still;
    }

    private long patient(Optional<Duration> limit) {
        return limit.orElse(UNSET).multipliedBy(patience).toNanos();
    }

    boolean isFault() {
        return frozen.isFault();
    }

    /** By the time of the pictures, when it began. */
    long since() {
        return stillness.since();
    }

    /** They are frozen until there is evidence against it. */
    void assume() {
        frozen.assume();
    }

    /** Nothing to see looks the same all the time. */
    void forget() {
        stillness.forget();
        frozen.forget();
    }
}
