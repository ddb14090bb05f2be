package io.visionops.inference.internal.head;

import io.visionops.inference.internal.image.InputForm;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;

/**
 * FastestDet (dog-qiuqiu): one grid; planes of objectness, centre, size, a score for each class;
 * scores are already probabilities.
 */
public record FastestDetHead(int width, int height, int columns, int rows, int classes)
        implements Head {

    private static final int STRIDE = 16;

    /** One output of planes, each a grid. */
    static Optional<FamilyMatch> recognise(ModelOutput output) {
        int width = output.size().width();
        int height = output.size().height();
        int columns = width / STRIDE;
        int rows = height / STRIDE;
        return output.only(4)
                .filter(planes -> planes.at(2) == rows && planes.at(3) == columns)
                .flatMap(planes -> ClassNames.plausible(planes.at(1) - 5))
                .map(
                        classes ->
                                new FamilyMatch(
                                        "fastestdet",
                                        InputForm.UNIT_STRETCHED,
                                        new FastestDetHead(width, height, columns, rows, classes),
                                        0.4,
                                        0.7));
    }

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
