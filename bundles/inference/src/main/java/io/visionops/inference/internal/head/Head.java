package io.visionops.inference.internal.head;

import java.nio.FloatBuffer;
import java.util.List;

/** Reads boxes out of what a family of models puts out. Stateless. */
public interface Head {

    /**
     * Adds every box that is sure enough, in pixels of the model's input.
     *
     * @param outputs in the order in which the model names them
     * @param least score, 0..1
     */
    void decode(List<FloatBuffer> outputs, float least, Candidates into);
}
