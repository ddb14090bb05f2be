package io.visionops.inference.internal.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.inference.internal.head.Head;
import io.visionops.inference.internal.head.YoloxHead;
import io.visionops.inference.internal.image.InputSize;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OutputComparisonTest {

    private static final InputSize WIDE = new InputSize(128, 96);
    private static final int CLASSES = 80;

    private final OutputComparison likeness = new OutputComparison(WIDE);
    private final Head whole = new YoloxHead(128, 128, CLASSES, false);
    private final Head part = new YoloxHead(128, 96, CLASSES, false);

    @Test
    void theSameBoxesAreAlike() {
        assertThat(likeness.alike(whole, cells(128, 1), part, cells(96, 1))).isTrue();
    }

    @Test
    void aWrongGridIsNot() {
        Head turned = new YoloxHead(96, 128, CLASSES, false);

        assertThat(likeness.alike(whole, cells(128, 1), turned, cells(96, 1))).isFalse();
    }

    @Test
    void boxesOfAnotherSizeAreNot() {
        assertThat(likeness.alike(whole, cells(128, 1), part, cells(96, 1.5))).isFalse();
    }

    @Test
    void nothingFoundIsNoLikeness() {
        List<FloatBuffer> nothing =
                List.of(FloatBuffer.allocate(YoloxHead.rows(128, 128) * (5 + CLASSES)));

        assertThat(likeness.alike(whole, nothing, part, nothing)).isFalse();
    }

    /** A box in every fourth cell or so, the same at the same place whatever the height. */
    private static List<FloatBuffer> cells(int height, double scale) {
        FloatBuffer values = FloatBuffer.allocate(YoloxHead.rows(128, height) * (5 + CLASSES));
        int row = 0;
        for (int stride = 8; stride <= 32; stride *= 2) {
            for (int y = 0; y < height / stride; y++) {
                for (int x = 0; x < 128 / stride; x++, row += 5 + CLASSES) {
                    boolean seen = new Random(31L * y + 977L * x + stride).nextInt(4) == 0;
                    values.put(row + 2, (float) Math.log(scale));
                    values.put(row + 3, (float) Math.log(scale));
                    values.put(row + 4, seen ? 0.8f : 0);
                    values.put(row + 5, 0.9f);
                }
            }
        }
        return List.of(values);
    }
}
