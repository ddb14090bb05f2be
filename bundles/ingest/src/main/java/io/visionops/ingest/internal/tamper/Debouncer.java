package io.visionops.ingest.internal.tamper;

import java.time.Duration;
import java.util.Optional;

/**
 * Turns evidence into a verdict that does not flutter: a fault begins after enough time of evidence
 * for it and ends after enough time of evidence against it. A short interruption sets the time back
 * by twice its length and not to nothing: a passer-by before the lens does not start the count
 * anew. Used by one thread.
 */
final class Debouncer {

    private static final int SET_BACK = 2;

    private final long recovery;
    private boolean fault;
    private long gathered;

    /** Nanoseconds since the evidence began that the fault comes from, at its begin. */
    private long age;

    /**
     * @param recovery nanoseconds of evidence against the fault until it is over
     */
    Debouncer(long recovery) {
        this.recovery = recovery;
    }

    /**
     * @param elapsed nanoseconds since the last look
     * @param onset nanoseconds of evidence until it is a fault
     */
    void weigh(Evidence evidence, long elapsed, long onset) {
        if (!fault) {
            age = gathered > 0 || evidence == Evidence.FOR ? age + elapsed : 0;
        }
        if (evidence == Evidence.NONE) {
            return;
        }
        boolean changes = (evidence == Evidence.FOR) != fault;
        gathered = changes ? gathered + elapsed : Math.max(0, gathered - SET_BACK * elapsed);
        if (gathered >= (fault ? recovery : onset)) {
            fault = !fault;
            gathered = 0;
        }
    }

    /**
     * @param elapsed nanoseconds since the last look
     * @param limit after which it is a fault; empty: nobody wants to know, and it is none
     * @param share of the limit for which there must be evidence
     */
    void weigh(Evidence evidence, long elapsed, Optional<Duration> limit, double share) {
        if (limit.isEmpty()) {
            forget();
        } else {
            weigh(evidence, elapsed, (long) (share * limit.get().toNanos()));
        }
    }

    /** For how long there had been evidence when the fault began. */
    long age() {
        return age;
    }

    boolean isFault() {
        return fault;
    }

    /** There is a fault until there is evidence against it. */
    void assume() {
        fault = true;
        gathered = 0;
        age = 0;
    }

    void forget() {
        fault = false;
        gathered = 0;
        age = 0;
    }
}
