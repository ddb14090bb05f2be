package io.visionops.ingest.internal.tamper;

/**
 * The picture in cells of {@value #SIDE} by {@value #SIDE} pixels of the small one: the mean
 * brightness of each, and the direction of its edges. Directions are told by the doubled angle, so
 * that dark against bright is the same as bright against dark, and are scaled so that contrast
 * hardly matters: 1 is one clear edge, 0 is flat, noisy or crossed. Used by one thread.
 */
final class Cells {

    static final int SIDE = 4;

    /** Of the mean energy of gradients; edges weaker than that fade out. */
    private static final float FAINT = 0.5f;

    /** Energy of gradients per pixel that sensor noise has at night. */
    private static final float LEAST = 12;

    private int columns;
    private int rows;
    private float[] mean = {};
    private float[] energy = {};
    private float[] even = {};
    private float[] odd = {};

    void look(Luma luma) {
        int width = luma.smallWidth();
        if (width / SIDE != columns || luma.smallHeight() / SIDE != rows) {
            allocate(width / SIDE, luma.smallHeight() / SIDE);
        }
        float[] small = luma.small();
        float all = 0;
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                all += cell(small, width, luma.smallHeight(), column, row);
            }
        }
        int count = rows * columns;
        float faint = SIDE * SIDE * Math.max(LEAST, FAINT * all / (count * SIDE * SIDE));
        for (int i = 0; i < count; i++) {
            float scale = 1 / (energy[i] + faint);
            even[i] *= scale;
            odd[i] *= scale;
        }
    }

    private float cell(float[] small, int width, int height, int column, int row) {
        float sum = 0;
        float squares = 0;
        float cosine = 0;
        float sine = 0;
        int top = row * SIDE;
        int left = column * SIDE;
        for (int y = top; y < top + SIDE; y++) {
            int above = (y == 0 ? y : y - 1) * width;
            int below = (y == height - 1 ? y : y + 1) * width;
            for (int x = left; x < left + SIDE; x++) {
                int at = y * width + x;
                float dx = small[x == width - 1 ? at : at + 1] - small[x == 0 ? at : at - 1];
                float dy = small[below + x] - small[above + x];
                sum += small[at];
                squares += dx * dx + dy * dy;
                cosine += dx * dx - dy * dy;
                sine += 2 * dx * dy;
            }
        }
        int i = row * columns + column;
        mean[i] = sum / (SIDE * SIDE);
        energy[i] = squares;
        even[i] = cosine;
        odd[i] = sine;
        return squares;
    }

    private void allocate(int newColumns, int newRows) {
        columns = newColumns;
        rows = newRows;
        int count = columns * rows;
        mean = new float[count];
        energy = new float[count];
        even = new float[count];
        odd = new float[count];
    }

    int columns() {
        return columns;
    }

    int rows() {
        return rows;
    }

    /** Brightness of each cell, 0..255, row by row. */
    float[] mean() {
        return mean;
    }

    /** Of the direction of each cell: how much more upright than level, -1..1. */
    float[] even() {
        return even;
    }

    /** Of the direction of each cell: how much more falling than rising, -1..1. */
    float[] odd() {
        return odd;
    }
}
