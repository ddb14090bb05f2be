package io.visionops.inference.internal.head;

import java.nio.FloatBuffer;
import java.util.List;

/**
 * FastestDet (dog-qiuqiu): one grid; planes of objectness, centre, size, a score for each class;
 * scores are already probabilities.
 */
public record FastestDetHead(int width, int height, int columns, int rows, int classes)
        implements Head {

    @Override
    public void decode(List<FloatBuffer> outputs, float least, Candidates into) {
        FloatBuffer values = outputs.get(0);
        int plane = columns * rows;
        for (int cell = 0; cell < plane; cell++) {
            float object = values.get(cell);
            if (object < least) {
                continue;
            }
            int best = 0;
            float most = values.get(5 * plane + cell);
            for (int which = 1; which < classes; which++) {
                float value = values.get((5 + which) * plane + cell);
                if (value > most) {
                    most = value;
                    best = which;
                }
            }
            double score = object * most;
            if (score >= least) {
                double x = (cell % columns + Math.tanh(values.get(plane + cell))) / columns;
                double y = (cell / columns + Math.tanh(values.get(2 * plane + cell))) / rows;
                double w = Rows.sigmoid(values.get(3 * plane + cell));
                double h = Rows.sigmoid(values.get(4 * plane + cell));
                into.add(
                        (x - w / 2) * width,
                        (y - h / 2) * height,
                        (x + w / 2) * width,
                        (y + h / 2) * height,
                        score,
                        best);
            }
        }
    }
}
