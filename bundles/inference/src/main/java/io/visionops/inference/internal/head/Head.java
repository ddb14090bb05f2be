package io.visionops.inference.internal.head;

import java.nio.FloatBuffer;
import java.util.List;

/**
 * Reads boxes out of what a family of models puts out, and recognises that family: each has a
 * {@code recognise(ModelOutput)} that says what a model would be if it were of it. Stateless.
 */
public interface Head {

    /** How many it tells apart. */
    int classes();

    /**
     * Adds every box that is sure enough, in pixels of the model's input.
     *
     * @param outputs in the order in which the model names them
     * @param least score, 0..1
     */
    void decode(List<FloatBuffer> outputs, float least, Candidates into);
}
