package io.visionops.inference.internal.detector;

import java.time.Instant;

/**
 * What stands in for a detector that fails.
 *
 * @param detector by its name; empty when none can
 */
public record FallbackDetector(String detector, Instant since) {

    boolean isNone() {
        return detector.isEmpty();
    }

    /** As the end of a sentence that says what fails. */
    public String words() {
        return isNone()
                ? "no other detector works, since " + since
                : "meanwhile it is " + detector + ", since " + since;
    }
}
