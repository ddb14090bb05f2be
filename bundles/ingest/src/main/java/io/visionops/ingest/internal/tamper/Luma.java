package io.visionops.ingest.internal.tamper;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * What is kept of one picture's brightness: some of its rows as they are, for what noise and sharp
 * edges tell, and all of it at about {@value #WIDTH} pixels of width, for what shapes tell.
 * Overwritten by each {@link #read}; memory is taken once per picture size. Used by one thread.
 */
final class Luma {

    /** Of the small picture, about. */
    private static final int WIDTH = 320;

    /** Points of the sampled rows, about: more cost time and tell nothing new. */
    private static final int POINTS = 57_600;

    /** Rows that are averaged for one of the small picture, at most. */
    private static final int AVERAGED = 2;

    private int width;
    private int height;
    private int factor;
    private int rowStep;
    private int rowCount;
    private int smallWidth;
    private int smallHeight;
    private byte[] row = {};
    private byte[] rows = {};
    private int[] sums = {};
    private float[] small = {};

    /**
     * @param i420 planar YUV 4:2:0 from index 0; its position is neither used nor changed
     */
    void read(ByteBuffer i420, int pictureWidth, int pictureHeight) {
        readRows(i420, pictureWidth, pictureHeight);
        int averaged = Math.min(factor, AVERAGED);
        float scale = 1f / (averaged * factor);
        for (int y = 0; y < smallHeight; y++) {
            Arrays.fill(sums, 0);
            for (int k = 0; k < averaged; k++) {
                i420.get((y * factor + k * factor / averaged) * width, row, 0, width);
                add();
            }
            int to = y * smallWidth;
            for (int x = 0; x < smallWidth; x++) {
                small[to + x] = sums[x] * scale;
            }
        }
    }

    /** Reads the sampled rows alone; the small picture is what it was. */
    void readRows(ByteBuffer i420, int pictureWidth, int pictureHeight) {
        if (pictureWidth != width || pictureHeight != height) {
            allocate(pictureWidth, pictureHeight);
        }
        for (int i = 0; i < rowCount; i++) {
            i420.get((i * rowStep + rowStep / 2) * width, rows, i * width, width);
        }
    }

    private void add() {
        int from = 0;
        for (int x = 0; x < smallWidth; x++) {
            int sum = 0;
            for (int k = 0; k < factor; k++) {
                sum += row[from++] & 0xff;
            }
            sums[x] += sum;
        }
    }

    private void allocate(int pictureWidth, int pictureHeight) {
        width = pictureWidth;
        height = pictureHeight;
        factor = Math.max(1, Math.round((float) width / WIDTH));
        smallWidth = width / factor;
        smallHeight = height / factor;
        rowStep = Math.max(1, (int) Math.ceil((double) width * height / POINTS));
        rowCount = height / rowStep;
        row = new byte[width];
        rows = new byte[rowCount * width];
        sums = new int[smallWidth];
        small = new float[smallWidth * smallHeight];
    }

    /** Of the picture, and so of each sampled row. */
    int width() {
        return width;
    }

    int rowCount() {
        return rowCount;
    }

    /** The sampled rows, evenly spread from top to bottom, one after the other; not to be kept. */
    byte[] rows() {
        return rows;
    }

    int smallWidth() {
        return smallWidth;
    }

    int smallHeight() {
        return smallHeight;
    }

    /** The small picture, 0..255, row by row; not to be kept. */
    float[] small() {
        return small;
    }
}
