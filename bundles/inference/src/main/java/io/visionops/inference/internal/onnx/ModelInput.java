package io.visionops.inference.internal.onnx;

import io.visionops.api.model.ModelException;
import io.visionops.inference.internal.head.TensorShape;
import io.visionops.inference.internal.image.InputSize;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The picture that a model takes.
 *
 * @param name of the input
 */
record ModelInput(String name, InputSize size) {

    private static final int COLOURS = 3;
    private static final int LEAST_SIDE = 32;
    private static final int MOST_SIDE = 2048;
    private static final int USUAL_SIDE = 640;

    private static final Pattern NUMBER = Pattern.compile("\\d+");

    /**
     * What the model wants; a side that it leaves open is as its exporter noted, or as is usual.
     *
     * @param notes what its exporter noted
     * @throws ModelException when it is no model that takes one picture
     */
    static ModelInput of(List<TensorShape> inputs, Map<String, String> notes)
            throws ModelException {
        if (inputs.size() != 1) {
            throw new ModelException("it has " + inputs.size() + " inputs, a detector has one");
        }
        TensorShape input = inputs.get(0);
        boolean picture =
                input.floats()
                        && input.rank() == 4
                        && Math.abs(input.at(0)) == 1
                        && input.at(1) == COLOURS;
        if (!picture) {
            throw new ModelException(
                    "its input is "
                            + input
                            + (input.floats() ? "" : " of another type than float")
                            + ", a detector takes 1x3xHEIGHTxWIDTH of float");
        }
        List<Integer> noted = new ArrayList<>();
        Matcher numbers = NUMBER.matcher(notes.getOrDefault("imgsz", ""));
        while (numbers.find() && numbers.group().length() < 6) {
            noted.add(Integer.valueOf(numbers.group()));
        }
        int height = side(input.at(2), noted.isEmpty() ? USUAL_SIDE : noted.get(0));
        int width = side(input.at(3), noted.size() < 2 ? height : noted.get(1));
        return new ModelInput(input.name(), new InputSize(width, height));
    }

    private static int side(long given, int usual) throws ModelException {
        long side = given < 0 ? usual : given;
        if (side < LEAST_SIDE || side > MOST_SIDE || side % 2 != 0) {
            throw new ModelException(
                    "its input is "
                            + side
                            + " pixels wide or high, allowed are even sizes from "
                            + LEAST_SIDE
                            + " to "
                            + MOST_SIDE);
        }
        return (int) side;
    }
}
