package io.visionops.api.detect;

import io.visionops.api.frame.Frame;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A detector at work for one camera; may learn its background. Used by one thread at a time, but
 * for {@link #abandon}.
 */
@ConsumerType
public interface DetectorSession extends AutoCloseable {

    /**
     * Looks at a frame; the frame is not kept.
     *
     * @return every object above the detector's own low limit, in no order
     * @throws DetectorException when it failed on this frame; the session may be used again
     */
    List<Detection> detect(Frame frame) throws DetectorException;

    /**
     * What it has learned of this camera, for a session that goes on where it ended: after a swap,
     * or a restart within a minute. Called between two frames, at the end.
     *
     * @return a document of the detector's own, versioned; empty when there is nothing to go on
     *     from
     */
    default Optional<byte[]> learned() {
        return Optional.empty();
    }

    /**
     * Goes on from what an earlier session of a detector of the same name has learned. Called
     * before the first frame. A document that cannot be read, or does not fit what the camera shows
     * now, is passed over.
     */
    default void resume(byte[] learned) {}

    /**
     * Nobody waits any more for the call under way, which hangs: gives back what others wait for,
     * and does not wait. Called by another thread than that of the call, which closes the session
     * if it ever returns. Not used after that.
     */
    default void abandon() {}

    @Override
    void close();
}
