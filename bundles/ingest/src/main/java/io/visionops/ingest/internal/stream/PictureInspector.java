package io.visionops.ingest.internal.stream;

import io.visionops.api.camera.Fault;
import io.visionops.api.camera.PictureLimits;
import io.visionops.ingest.internal.decoder.FrameStream.Size;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Judges the pictures of one camera: one that flows may still show nothing. A fault makes the
 * camera DEGRADED until there is none any more. Pictures are shown by one thread at a time, in the
 * order of the frames, with no lock held; it has a small part of a frame time.
 */
@FunctionalInterface
public interface PictureInspector {

    /**
     * @param i420 planar YUV 4:2:0, read-only, direct, position 0; valid during the call
     * @param nanos monotonic, when the picture was complete
     * @return what is wrong with the pictures now; empty when all is well
     */
    Optional<Fault> inspect(ByteBuffer i420, Size size, long nanos);

    /**
     * Monotonic, when what {@link #inspect} found last began, where that is known; by its thread.
     */
    default OptionalLong since() {
        return OptionalLong.empty();
    }

    /** The pictures that follow come from a connection of their own. */
    default void connected() {}

    /** Before the first picture: what an inspector before this one found. */
    default void goOnWith(Optional<Fault> fault) {}

    /** From now on these limits hold; from any thread. */
    default void limit(PictureLimits limits) {}

    /** The view is as it should be, whatever it was; from any thread. */
    default void acceptView() {}

    /** The camera is no more, and nothing of it need be known; from any thread. */
    default void forget() {}
}
