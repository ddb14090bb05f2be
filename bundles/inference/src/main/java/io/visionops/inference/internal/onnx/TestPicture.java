package io.visionops.inference.internal.onnx;

import io.visionops.inference.internal.image.InputForm;
import io.visionops.inference.internal.image.InputSize;
import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;

/**
 * Rows of upright figures on a mottled ground: enough for a detector to see something in, the same
 * at each place whatever the size.
 */
final class TestPicture {

    private static final int COLUMN = 96;
    private static final int ROW = 128;
    private static final int[][] CLOTHES = {{40, 40, 160}, {150, 60, 30}, {30, 120, 40}};
    private static final int[] SKIN = {120, 150, 200};
    private static final int TROUSERS = 45;

    private static final int GREY = 114;

    private TestPicture() {}

    /**
     * A picture of nothing, for a model of which nothing is known.
     *
     * @return to be closed by the caller
     */
    static FloatPointer grey(InputSize size) {
        FloatPointer memory = new FloatPointer(3L * size.width() * size.height());
        FloatBuffer numbers = memory.asBuffer();
        while (numbers.hasRemaining()) {
            numbers.put(GREY);
        }
        return memory;
    }

    /**
     * Paints a picture into the top left of an input, the rest filled as a letterbox is.
     *
     * @return to be closed by the caller
     */
    static FloatPointer paint(InputForm form, InputSize input, InputSize picture) {
        FloatPointer memory = new FloatPointer(3L * input.width() * input.height());
        FloatBuffer numbers = memory.asBuffer();
        for (int channel = 0; channel < 3; channel++) {
            double mean = form.mean()[channel];
            double deviation = form.deviation()[channel];
            int colour = form.blueFirst() ? channel : 2 - channel;
            for (int y = 0; y < input.height(); y++) {
                for (int x = 0; x < input.width(); x++) {
                    boolean inside = x < picture.width() && y < picture.height();
                    int level = inside ? level(colour, x, y) : form.filling();
                    numbers.put((float) ((level - mean) / deviation));
                }
            }
        }
        return memory;
    }

    /**
     * @param colour 0 blue, 1 green, 2 red
     */
    private static int level(int colour, int x, int y) {
        int across = Math.abs(x % COLUMN - COLUMN / 2);
        int down = y % ROW - ROW / 2;
        if (down >= 8 && down < 44 && Math.abs(across - 5) < 4) {
            return TROUSERS;
        }
        if (down > -28 && down < 8 && across < 10) {
            return CLOTHES[(x / COLUMN + 3 * (y / ROW)) % CLOTHES.length][colour];
        }
        if (across * across + (down + 36) * (down + 36) < 64) {
            return SKIN[colour];
        }
        int spot = (x / 4 * 73_856_093 ^ y / 4 * 19_349_663) >>> 3 & 15;
        return 150 + spot + Math.min(60, y / 6);
    }
}
