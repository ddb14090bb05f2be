package io.visionops.api.frame;

import java.time.Duration;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The last frames of one camera, two seconds of them, waiting for their consumer. Realtime sources
 * drop the oldest when it is full, and a consumer gets the newest; what it passes over is dropped.
 * But what came while there was no consumer, as during a swap, comes in order and none is passed
 * over. A file read {@code asap} waits instead, and its frames come in order. Thread-safe; one
 * consumer at a time.
 */
@ProviderType
public interface FrameQueue {

    /**
     * Takes the next frame to analyse. The caller settles it before it takes another.
     *
     * @return empty when no frame came in time, or the camera is gone
     */
    Optional<Frame> take(Duration atMost) throws InterruptedException;

    /**
     * Gives the frame's memory back and accounts for it. A second call for the same frame has no
     * effect.
     */
    void settle(Frame frame, FrameOutcome outcome);

    FrameCounts counts();
}
