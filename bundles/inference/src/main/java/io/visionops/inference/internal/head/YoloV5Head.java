package io.visionops.inference.internal.head;

import io.visionops.inference.internal.image.InputForm;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;

/**
 * YOLOv5: rows of centre and size in pixels, objectness, a score for each class. YOLOv7 puts out
 * the same.
 */
public record YoloV5Head(int rows, int classes) implements Head {

    private static final int ANCHORS = 3;

    /** One output with a row for each of three anchors of each cell. */
    static Optional<FamilyMatch> recognise(ModelOutput output) {
        int rows = ANCHORS * YoloxHead.rows(output.size().width(), output.size().height());
        return output.only(3)
                .filter(table -> table.at(1) == rows)
                .flatMap(table -> ClassNames.plausible(table.at(2) - 5))
                .map(
                        classes ->
                                new FamilyMatch(
                                        "yolov5",
                                        InputForm.UNIT_RED_FIRST,
                                        new YoloV5Head(rows, classes),
                                        0.5,
                                        FamilyMatch.NOT_LOOKED_AT));
    }

    @Override
    public void decode(List<FloatBuffer> outputs, float least, Candidates into) {
        FloatBuffer values = outputs.get(0);
        for (int row = 0; row < rows; row++) {
            int at = row * (5 + classes);
            float object = values.get(at + 4);
            if (object < least) {
                continue;
            }
            int best = Rows.best(values, at + 5, classes);
            float score = object * values.get(at + 5 + best);
            if (score >= least) {
                double x = values.get(at);
                double y = values.get(at + 1);
                double w = values.get(at + 2);
                double h = values.get(at + 3);
                into.add(x - w / 2, y - h / 2, x + w / 2, y + h / 2, score, best);
            }
        }
    }
}
