package io.visionops.inference.internal.pipeline;

import io.visionops.api.frame.Frame;

/** Tells the frames in which something may move from those in which nothing does. */
interface Gate extends AutoCloseable {

    /** Is asked about every frame, in order. */
    boolean moves(Frame frame);

    @Override
    void close();
}
