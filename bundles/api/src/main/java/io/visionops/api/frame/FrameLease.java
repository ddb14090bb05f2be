package io.visionops.api.frame;

import java.time.Duration;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The right to take the frames of one camera, two seconds of which wait; one consumer has it at a
 * time. Realtime sources drop the oldest when there is no room, and a consumer gets the newest;
 * what it passes over is dropped. But what came while there was no consumer, as during a swap,
 * comes in order and none is passed over. A file read {@code asap} waits instead, and its frames
 * come in order. Thread-safe.
 */
@ProviderType
public interface FrameLease extends AutoCloseable {

    /**
     * Takes the next frame to analyse. The caller settles it before it takes another.
     *
     * @return empty when no frame came in time, the camera is gone, or the lease has ended
     */
    Optional<Frame> take(Duration atMost) throws InterruptedException;

    /**
     * Gives the frame's memory back and accounts for it. A second call for the same frame has no
     * effect, nor has one after the end of the lease.
     */
    void settle(Frame frame, FrameOutcome outcome);

    /**
     * Ends the lease, so that another consumer can have one; a frame that is not settled is
     * abandoned. A second call has no effect.
     */
    @Override
    void close();
}
