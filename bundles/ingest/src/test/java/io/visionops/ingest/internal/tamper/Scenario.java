package io.visionops.ingest.internal.tamper;

import io.visionops.api.camera.Cause;
import java.util.Optional;

/**
 * One entry of the labelled set.
 *
 * @param expected what is wrong with the picture from {@link #ONSET} on; empty: nothing
 * @param filter of ffmpeg, between the scene and the encoder
 * @param seconds length
 */
record Scenario(String name, Optional<Cause> expected, String filter, int seconds) {

    /** Second at which it begins: until then the view is learned. */
    static final int ONSET = 34;

    static Scenario fault(Cause cause, String name, int seconds, String filter) {
        return new Scenario(name, Optional.of(cause), filter, seconds);
    }

    static Scenario well(String name, int seconds, String filter) {
        return new Scenario(name, Optional.empty(), filter, seconds);
    }
}
