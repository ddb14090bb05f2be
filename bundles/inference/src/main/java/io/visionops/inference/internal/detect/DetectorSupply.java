package io.visionops.inference.internal.detect;

import java.util.Optional;

/** What is known of detectors that are not there. Thread-safe. */
public interface DetectorSupply {

    /** Models that were installed earlier are still being loaded: more detectors may come. */
    boolean loading();

    /**
     * Why there is no detector of that name, and what to do; may try again what failed.
     *
     * @return empty when nobody has heard of such a detector
     */
    Optional<String> absence(String name);
}
