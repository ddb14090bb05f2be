package io.visionops.inference.internal.pipeline;

import io.visionops.api.frame.Frame;

/** Lets every frame through. */
final class OpenGate implements Gate {

    @Override
    public boolean moves(Frame frame) {
        return true;
    }

    @Override
    public void close() {}
}
