package io.visionops.ingest.internal.camera;

import io.visionops.api.camera.Fault;
import io.visionops.ingest.internal.config.Address;
import java.time.Duration;

/**
 * Sees the tries and losses of all cameras, and may hold tries back: cameras that share a cause, or
 * a start, need not all be tried at the same moment. Called under a camera's lock: must not block
 * nor call back. Thread-safe.
 */
public interface Tries {

    /**
     * A try is due. Asked again when the time that was returned is over, or sooner.
     *
     * @return how long to wait; zero or less when the try begins now
     */
    Duration hold(String camera, Address address);

    /** The stream is gone, or did not come. */
    void lost(String camera, Address address, Fault fault);

    /** Frames come again. */
    void well(String camera);
}
