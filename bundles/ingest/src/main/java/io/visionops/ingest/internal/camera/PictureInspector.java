package io.visionops.ingest.internal.camera;

import io.visionops.api.camera.Fault;
import io.visionops.ingest.internal.decoder.FrameStream.Size;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Judges the pictures of one camera: one that flows may still show nothing. A fault makes the
 * camera DEGRADED until there is none any more. Called by one thread at a time, in the order of the
 * frames, with no lock held; it has a small part of a frame time.
 */
@FunctionalInterface
public interface PictureInspector {

    /**
     * @param i420 planar YUV 4:2:0, read-only, direct, position 0; valid during the call
     * @param nanos monotonic, when the picture was complete
     * @return what is wrong with the pictures now; empty when all is well
     */
    Optional<Fault> inspect(ByteBuffer i420, Size size, long nanos);

    /** The pictures that follow come from a connection of their own. */
    default void connected() {}
}
