package io.visionops.inference.internal.head;

import java.nio.FloatBuffer;
import java.util.List;

/**
 * YOLOX (Ge and others 2021): a row for each cell of three grids, centre and logarithm of the size
 * in strides, objectness, a score for each class; scores are already probabilities.
 *
 * @param decoded exported with its boxes in pixels
 */
public record YoloxHead(int width, int height, int classes, boolean decoded) implements Head {

    private static final int[] STRIDES = {8, 16, 32};

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
