package io.visionops.api.detect;

import io.visionops.api.frame.Frame;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/** A detector at work for one camera; may learn its background. Used by one thread. */
@ConsumerType
public interface DetectorSession extends AutoCloseable {

    /**
     * Looks at a frame; the frame is not kept.
     *
     * @return every object above the detector's own low limit, in no order
     * @throws DetectorException when it failed on this frame; the session may be used again
     */
    List<Detection> detect(Frame frame) throws DetectorException;

    @Override
    void close();
}
