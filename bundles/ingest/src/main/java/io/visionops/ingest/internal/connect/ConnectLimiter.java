package io.visionops.ingest.internal.connect;

import io.visionops.api.camera.Fault;
import io.visionops.api.camera.Incident;
import io.visionops.ingest.internal.camera.PeriodicCheck;
import io.visionops.ingest.internal.config.Address;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Sees the tries and losses of all cameras, and may hold tries back: cameras that share a cause, or
 * a start, need not all be tried at the same moment. Called under a camera's lock: must not block
 * nor call back. Thread-safe.
 */
public interface ConnectLimiter {

    /**
     * A try is due. Asked again when the time that was returned is over, or sooner.
     *
     * @return how long to wait; zero or less when the try begins now
     */
    Duration hold(String camera, Address address);

    /** It did not answer, and does now: its next try is likely to succeed. */
    default void answered(String camera) {}

    /**
     * The stream is gone, or did not come.
     *
     * @param own for a reason of its own: the cause needs a person, or the camera never streamed
     */
    void lost(String camera, Address address, Fault fault, boolean own);

    /** Frames come again. */
    void well(String camera);

    /** The enabled cameras, and the first address of each. */
    default void use(Map<String, Address> enabled) {}

    /**
     * To be called each {@link PeriodicCheck#EVERY}.
     *
     * @return whether this computer stood still: whoever measures silence begins anew
     */
    default boolean look() {
        return false;
    }

    /** Causes that cameras share, which go on; oldest first. */
    default List<Incident> incidents() {
        return List.of();
    }
}
