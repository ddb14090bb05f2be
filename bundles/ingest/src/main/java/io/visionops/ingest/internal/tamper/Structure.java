package io.visionops.ingest.internal.tamper;

/**
 * How much there is to see at all, by the steps of brightness between neighbouring cells: averages
 * over a cell hold no noise to speak of. Writing that cameras burn into the upper and lower margin
 * does not count. Used by one thread.
 */
final class Structure {

    /** Grey levels from one cell to the next that are something to see. */
    private static final int STEP = 4;

    /** Grey level of what is lit. */
    private static final int LIT = 40;

    /** Of the height, above and below. */
    private static final int MARGIN = 8;

    private double steps;
    private double lit;
    private double contrast;

    void look(Cells cells) {
        float[] mean = cells.mean();
        int columns = cells.columns();
        int from = cells.rows() / MARGIN;
        int to = cells.rows() - from - 1;
        int stepped = 0;
        int bright = 0;
        int all = 0;
        double sum = 0;
        double squares = 0;
        for (int row = from; row < to; row++) {
            for (int i = row * columns; i < (row + 1) * columns - 1; i++) {
                float right = Math.abs(mean[i + 1] - mean[i]);
                float below = Math.abs(mean[i + columns] - mean[i]);
                stepped += right >= STEP || below >= STEP ? 1 : 0;
                bright += mean[i] >= LIT ? 1 : 0;
                sum += mean[i];
                squares += mean[i] * mean[i];
                all++;
            }
        }
        steps = (double) stepped / Math.max(1, all);
        lit = (double) bright / Math.max(1, all);
        double average = sum / Math.max(1, all);
        contrast = Math.sqrt(Math.max(0, squares / Math.max(1, all) - average * average));
    }

    /** Share of the cells beside or above which the next is brighter or darker, 0..1. */
    double steps() {
        return steps;
    }

    /** Share of the cells that are not dark, 0..1. */
    double lit() {
        return lit;
    }

    /** Standard deviation of the cells' brightness, in grey levels. */
    double contrast() {
        return contrast;
    }
}
