package io.visionops.inference.internal.head;

import io.visionops.inference.internal.image.InputForm;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;

/**
 * YOLOX (Ge and others 2021): a row for each cell of three grids, centre and logarithm of the size
 * in strides, objectness, a score for each class; scores are already probabilities.
 *
 * @param decoded exported with its boxes in pixels
 */
public record YoloxHead(int width, int height, int classes, boolean decoded) implements Head {

    private static final int[] STRIDES = {8, 16, 32};

    /** One output with a row for each cell. */
    static Optional<FamilyMatch> recognise(ModelOutput output) {
        int width = output.size().width();
        int height = output.size().height();
        int rows = rows(width, height);
        return output.only(3)
                .filter(table -> table.at(1) == rows)
                .flatMap(table -> ClassNames.plausible(table.at(2) - 5))
                .map(
                        classes ->
                                new YoloxHead(
                                        width,
                                        height,
                                        classes,
                                        reachesBeyond(
                                                output.values().get(0), rows, classes + 5, width)))
                .map(
                        head ->
                                new FamilyMatch(
                                        "yolox",
                                        InputForm.LEVELS,
                                        head,
                                        0.6,
                                        FamilyMatch.NOT_LOOKED_AT));
    }

    /** Centres in pixels reach across the picture, offsets within a grid stay small. */
    private static boolean reachesBeyond(FloatBuffer values, int rows, int columns, int width) {
        for (int row = 0; row < rows; row++) {
            if (values.get(row * columns) > width / 2.0) {
                return true;
            }
        }
        return false;
    }

    /** Rows that a model of this input size puts out. */
    public static int rows(int width, int height) {
        int rows = 0;
        for (int stride : STRIDES) {
            rows += (width / stride) * (height / stride);
        }
        return rows;
    }

    @Override
    public void decode(List<FloatBuffer> outputs, float least, Candidates into) {
        FloatBuffer rows = outputs.get(0);
        int at = 0;
        for (int stride : STRIDES) {
            int columns = width / stride;
            int cells = columns * (height / stride);
            for (int cell = 0; cell < cells; cell++, at += 5 + classes) {
                float object = rows.get(at + 4);
                if (object < least) {
                    continue;
                }
                int best = Rows.best(rows, at + 5, classes);
                float score = object * rows.get(at + 5 + best);
                if (score < least) {
                    continue;
                }
                double x = rows.get(at);
                double y = rows.get(at + 1);
                double w = rows.get(at + 2);
                double h = rows.get(at + 3);
                if (!decoded) {
                    x = (x + cell % columns) * stride;
                    y = (y + cell / columns) * stride;
                    w = Math.exp(w) * stride;
                    h = Math.exp(h) * stride;
                }
                into.add(x - w / 2, y - h / 2, x + w / 2, y + h / 2, score, best);
            }
        }
    }
}
