package io.visionops.ingest.internal.frame;

import java.nio.ByteBuffer;

/** Turns a picture into JPEG. */
@FunctionalInterface
public interface PictureEncoder {

    /**
     * @param i420 direct, planar YUV 4:2:0
     */
    byte[] jpeg(ByteBuffer i420, int width, int height);
}
