package io.visionops.inference.internal.head;

import io.visionops.inference.internal.image.InputSize;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a model has put out for a picture of nothing. A head recognises its family by that: by the
 * shapes and the values. Names of files and tensors are not trusted.
 *
 * @param size of the input that it was asked with
 * @param shapes of the outputs, in the order of the model, all dimensions known
 * @param values of the outputs, likewise
 * @param notes what its exporter noted
 */
public record ModelOutput(
        InputSize size,
        List<TensorShape> shapes,
        List<FloatBuffer> values,
        Map<String, String> notes) {

    public ModelOutput {
        shapes = List.copyOf(shapes);
        values = List.copyOf(values);
        notes = Map.copyOf(notes);
    }

    /** The only output, when there is no other, it has so many dimensions and the first is 1. */
    Optional<TensorShape> only(int rank) {
        return shapes.size() == 1 && shapes.get(0).rank() == rank && shapes.get(0).at(0) == 1
                ? Optional.of(shapes.get(0))
                : Optional.empty();
    }
}
