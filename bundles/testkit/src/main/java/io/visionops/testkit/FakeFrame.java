package io.visionops.testkit;

import io.visionops.api.frame.Frame;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;

/**
 * A frame in memory of its own.
 *
 * @param i420 direct, read-only
 */
public record FakeFrame(
        String camera,
        long sequence,
        Instant capturedAt,
        long completedNanos,
        int width,
        int height,
        ByteBuffer i420)
        implements Frame {

    /** A grey picture of 32 x 16 pixels, for tests that do not look into it. */
    public static FakeFrame blank(String camera, long sequence, Instant capturedAt) {
        return of(camera, sequence, capturedAt, 32, 16, grey(32, 16));
    }

    /**
     * Wraps a picture.
     *
     * @param planes luma, then the two chroma planes; copied
     */
    public static FakeFrame of(
            String camera,
            long sequence,
            Instant capturedAt,
            int width,
            int height,
            byte[] planes) {
        ByteBuffer memory = ByteBuffer.allocateDirect(planes.length).put(planes).flip();
        return new FakeFrame(
                camera,
                sequence,
                capturedAt,
                System.nanoTime(),
                width,
                height,
                memory.asReadOnlyBuffer());
    }

    /** The planes of an even grey picture, to draw on. */
    public static byte[] grey(int width, int height) {
        byte[] planes = new byte[width * height * 3 / 2];
        Arrays.fill(planes, (byte) 128);
        return planes;
    }

    /** As a pool does it: every reader gets a buffer at position 0. */
    @Override
    public ByteBuffer i420() {
        return i420.duplicate();
    }
}
