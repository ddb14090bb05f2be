package io.visionops.api.frame;

import java.nio.ByteBuffer;
import java.time.Instant;
import org.osgi.annotation.versioning.ProviderType;

/**
 * One decoded picture in planar YUV 4:2:0, in memory that a pool owns. Valid until it is settled
 * with its {@link FrameLease}; used by one thread at a time.
 */
@ProviderType
public interface Frame {

    String camera();

    /**
     * 1 for the first frame that the camera yielded, then rising by one, dropped frames included.
     */
    long sequence();

    /**
     * When the frame arrived, or would have if somebody had been there to read it; for a file read
     * {@code asap}, when it was recorded: such times go back where a film begins anew.
     */
    Instant capturedAt();

    /**
     * The monotonic clock when the frame was complete in memory; what latencies are measured from.
     */
    long completedNanos();

    /** Pixels, even. */
    int width();

    /** Pixels, even. */
    int height();

    /**
     * Luma ({@code width * height} bytes), then the two chroma planes (a quarter of it each), rows
     * without padding. Read-only, direct, position 0; do not keep it.
     */
    ByteBuffer i420();
}
