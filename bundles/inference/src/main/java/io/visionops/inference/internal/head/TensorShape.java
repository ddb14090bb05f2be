package io.visionops.inference.internal.head;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * An input or output of a model.
 *
 * @param dimensions as the model gives them; negative where it leaves one open
 * @param floats 32 bit floating point numbers
 */
public record TensorShape(String name, long[] dimensions, boolean floats) {

    public int rank() {
        return dimensions.length;
    }

    public long at(int dimension) {
        return dimensions[dimension];
    }

    /** How many values it has; 0 when a dimension is open. */
    public long values() {
        return Arrays.stream(dimensions).reduce(1, (a, b) -> a * Math.max(0, b));
    }

    @Override
    public String toString() {
        return Arrays.stream(dimensions)
                .mapToObj(size -> size < 0 ? "?" : Long.toString(size))
                .collect(Collectors.joining("x"));
    }
}
