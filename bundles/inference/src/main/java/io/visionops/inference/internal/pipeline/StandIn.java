package io.visionops.inference.internal.pipeline;

import java.time.Instant;

/**
 * What stands in for a detector that fails.
 *
 * @param detector by its name; empty when none can
 */
record StandIn(String detector, Instant since) {

    boolean isNone() {
        return detector.isEmpty();
    }

    /** As the end of a sentence that says what fails. */
    String words() {
        return isNone()
                ? "no other detector works, since " + since
                : "meanwhile it is " + detector + ", since " + since;
    }
}
