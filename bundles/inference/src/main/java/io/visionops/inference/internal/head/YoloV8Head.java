package io.visionops.inference.internal.head;

import io.visionops.inference.internal.image.InputForm;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;

/**
 * YOLOv8, YOLO11 and what is like them: a column for each box, centre and size in pixels, a score
 * for each class, no objectness.
 */
public record YoloV8Head(int columns, int classes) implements Head {

    /** One output with a column for each cell. */
    static Optional<FamilyMatch> recognise(ModelOutput output) {
        int columns = YoloxHead.rows(output.size().width(), output.size().height());
        return output.only(3)
                .filter(table -> table.at(2) == columns)
                .flatMap(table -> ClassNames.plausible(table.at(1) - 4))
                .map(
                        classes ->
                                new FamilyMatch(
                                        "yolov8",
                                        InputForm.UNIT_RED_FIRST,
                                        new YoloV8Head(columns, classes),
                                        0.6,
                                        FamilyMatch.NOT_LOOKED_AT));
    }

    @Override
    public void decode(List<FloatBuffer> outputs, float least, Candidates into) {
        FloatBuffer values = outputs.get(0);
        // Class by class, as it lies in memory; a box is taken by its best class.
        for (int which = 0; which < classes; which++) {
            int from = (4 + which) * columns;
            for (int i = 0; i < columns; i++) {
                float score = values.get(from + i);
                if (score >= least && isBest(values, i, which, score)) {
                    double x = values.get(i);
                    double y = values.get(columns + i);
                    double w = values.get(2 * columns + i);
                    double h = values.get(3 * columns + i);
                    into.add(x - w / 2, y - h / 2, x + w / 2, y + h / 2, score, which);
                }
            }
        }
    }

    private boolean isBest(FloatBuffer values, int column, int which, float score) {
        for (int other = 0; other < classes; other++) {
            float value = values.get((4 + other) * columns + column);
            if (value > score || (value == score && other < which)) {
                return false;
            }
        }
        return true;
    }
}
