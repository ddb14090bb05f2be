package io.visionops.inference.internal.head;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Every family's way to say that there is an object of class 2 in the box 40,60 to 80,160. */
class HeadTest {

    private static final int SIZE = 416;
    private static final int CLASSES = 80;
    private static final Offset<Double> NEAR = Offset.offset(0.01);

    private final Candidates found = new Candidates();

    @Test
    void yolox() {
        YoloxHead head = new YoloxHead(SIZE, SIZE, CLASSES, false);
        float[] values = new float[YoloxHead.rows(SIZE, SIZE) * 85];
        // Stride 16: the centre 60,110 lies in column 3, row 6 of the second grid.
        int row = (52 * 52 + 6 * 26 + 3) * 85;
        values[row] = 60f / 16 - 3;
        values[row + 1] = 110f / 16 - 6;
        values[row + 2] = (float) Math.log(40 / 16.0);
        values[row + 3] = (float) Math.log(100 / 16.0);
        values[row + 4] = 0.9f;
        values[row + 5 + 2] = 0.8f;

        head.decode(outputs(values), 0.1f, found);

        assertOne(0.72);
    }

    @Test
    void yoloxExportedWithItsBoxesInPixels() {
        YoloxHead head = new YoloxHead(SIZE, SIZE, CLASSES, true);
        float[] values = new float[YoloxHead.rows(SIZE, SIZE) * 85];
        put(values, 3000 * 85, 60, 110, 40, 100, 0.9f);
        values[3000 * 85 + 5 + 2] = 0.8f;

        head.decode(outputs(values), 0.1f, found);

        assertOne(0.72);
    }

    @Test
    void yoloV5() {
        int rows = 3 * YoloxHead.rows(SIZE, SIZE);
        float[] values = new float[rows * 85];
        put(values, 7000 * 85, 60, 110, 40, 100, 0.9f);
        values[7000 * 85 + 5 + 2] = 0.8f;

        new YoloV5Head(rows, CLASSES).decode(outputs(values), 0.1f, found);

        assertOne(0.72);
    }

    @Test
    void yoloV8() {
        int columns = YoloxHead.rows(SIZE, SIZE);
        float[] values = new float[columns * 84];
        int column = 1234;
        values[column] = 60;
        values[columns + column] = 110;
        values[2 * columns + column] = 40;
        values[3 * columns + column] = 100;
        values[(4 + 2) * columns + column] = 0.72f;
        values[(4 + 7) * columns + column] = 0.3f;

        new YoloV8Head(columns, CLASSES).decode(outputs(values), 0.1f, found);

        assertOne(0.72);
    }

    @Test
    void nanoDetWithAllGridsInOneTensor() {
        // Plus: distances from the corner of cell 7,13 of stride 8, which is 56,104.
        List<GridLevel> levels = new ArrayList<>();
        int rows = 0;
        for (int stride = 8; stride <= 64; stride *= 2) {
            levels.add(new GridLevel(stride, 0, 0, rows, 112, 112, CLASSES));
            int cells = GridLevel.cells(SIZE, stride);
            rows += cells * cells;
        }
        float[] values = new float[rows * 112];
        int at = (13 * 52 + 7) * 112;
        values[at + 2] = 0.72f;
        distances(values, at + CLASSES, 16 / 8.0, 44 / 8.0, 24 / 8.0, 56 / 8.0);

        new DistanceHead(SIZE, SIZE, levels, CLASSES, 8, false, false)
                .decode(outputs(values), 0.1f, found);

        assertOne(0.72);
    }

    @Test
    void picoDetWithTwoTensorsAGridAndScoresAsLogits() {
        List<GridLevel> levels = new ArrayList<>();
        List<FloatBuffer> outputs = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            int cells = GridLevel.cells(SIZE, 8 << i);
            float[] scores = new float[cells * cells * CLASSES];
            java.util.Arrays.fill(scores, -8);
            outputs.add(FloatBuffer.wrap(scores));
            outputs.add(FloatBuffer.wrap(new float[cells * cells * 32]));
            levels.add(new GridLevel(8 << i, 2 * i, 2 * i + 1, 0, CLASSES, 32, 0));
        }
        // Centre of cell 3,6 of stride 16: 56,104.
        int cell = 6 * 26 + 3;
        outputs.get(2).put(cell * CLASSES + 2, (float) Math.log(0.72 / 0.28));
        float[] sides = outputs.get(3).array();
        distances(sides, cell * 32, 1, 44 / 16.0, 24 / 16.0, 56 / 16.0);

        new DistanceHead(SIZE, SIZE, levels, CLASSES, 8, true, true).decode(outputs, 0.1f, found);

        assertOne(0.72);
    }

    @Test
    void fastestDet() {
        int cells = 26;
        int plane = cells * cells;
        float[] values = new float[85 * plane];
        int cell = 6 * cells + 3;
        values[cell] = 0.9f;
        values[plane + cell] = (float) atanh(60.0 / 16 - 3);
        values[2 * plane + cell] = (float) atanh(110.0 / 16 - 6);
        values[3 * plane + cell] = (float) Math.log(40.0 / SIZE / (1 - 40.0 / SIZE));
        values[4 * plane + cell] = (float) Math.log(100.0 / SIZE / (1 - 100.0 / SIZE));
        values[(5 + 2) * plane + cell] = 0.8f;

        new FastestDetHead(SIZE, SIZE, cells, cells, CLASSES).decode(outputs(values), 0.1f, found);

        assertOne(0.72);
    }

    private void assertOne(double score) {
        assertThat(found.count()).isEqualTo(1);
        assertThat(found.label(0)).isEqualTo(2);
        assertThat(found.score(0)).isCloseTo(score, NEAR);
        assertThat(found.x1(0)).isCloseTo(40, NEAR);
        assertThat(found.y1(0)).isCloseTo(60, NEAR);
        assertThat(found.x2(0)).isCloseTo(80, NEAR);
        assertThat(found.y2(0)).isCloseTo(160, NEAR);
    }

    private static void put(float[] values, int at, float... row) {
        System.arraycopy(row, 0, values, at, row.length);
    }

    /** Distributions whose means are the given distances: all weight on the two bins around. */
    private static void distances(float[] values, int at, double... distances) {
        for (int side = 0; side < 4; side++) {
            int below = (int) Math.min(6, Math.floor(distances[side]));
            double share = distances[side] - below;
            for (int bin = 0; bin < 8; bin++) {
                double weight = bin == below ? 1 - share : bin == below + 1 ? share : 0;
                values[at + side * 8 + bin] = (float) Math.log(Math.max(weight, 1e-9));
            }
        }
    }

    private static double atanh(double x) {
        return 0.5 * Math.log((1 + x) / (1 - x));
    }

    private static List<FloatBuffer> outputs(float[] values) {
        return List.of(FloatBuffer.wrap(values));
    }
}
