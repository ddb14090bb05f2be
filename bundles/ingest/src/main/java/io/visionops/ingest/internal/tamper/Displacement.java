package io.visionops.ingest.internal.tamper;

/**
 * Compares where edges are now with where they used to be, in {@value #ACROSS} by {@value #DOWN}
 * blocks. Each block that has edges of its own says for itself whether it is in its place, has gone
 * somewhere else, or cannot be recognised; so a truck or a shadow speaks for a few blocks and a
 * bump for all. Blocks that have gone must have gone together: shifted, turned, or nearer and
 * farther as one. Used by one thread.
 */
final class Displacement {

    static final int ACROSS = 4;
    static final int DOWN = 3;
    private static final int BLOCKS = ACROSS * DOWN;

    /** How clear an edge of the usual view must be, 0..1. */
    private static final float CLEAR = 0.25f;

    /** Clear cells that a block must have to be judged. */
    private static final int LEAST_CLEAR = 20;

    /** How far a view is looked for, of width and height. */
    private static final double REACH = 0.22;

    /** Likeness, -1..1, from which a block is in its place without more ado. */
    private static final float SURELY_HERE = 0.8f;

    /** Likeness from which it is in its place if it is not found elsewhere. */
    private static final float HERE = 0.5f;

    /** Likeness that a block must have elsewhere, and by how much more than in its place. */
    private static final float THERE = 0.45f;

    private static final float RATHER_THERE = 0.15f;

    /** Cells by which a block may go other ways than all. */
    private static final double ASTRAY = 1.6;

    private int judged;
    private int inPlace;
    private int gone;
    private int together;
    private double shiftX;
    private double shiftY;
    private final int[] goneX = new int[BLOCKS];
    private final int[] goneY = new int[BLOCKS];
    private final int[] atX = new int[BLOCKS];
    private final int[] atY = new int[BLOCKS];
    private int[] clear = {};
    private int clearCount;
    private float here;

    /** Compares; the results are read from this object. */
    void compare(EdgeMap usual, EdgeMap now) {
        judged = 0;
        inPlace = 0;
        gone = 0;
        together = 0;
        for (int block = 0; block < BLOCKS; block++) {
            pick(usual, block);
            if (clearCount < LEAST_CLEAR) {
                continue;
            }
            judged++;
            here = likeness(usual, now, 0, 0);
            if (here >= SURELY_HERE || !find(usual, now, block) && here >= HERE) {
                inPlace++;
            }
        }
        if (gone > 0) {
            agree();
        }
    }

    /** Collects the clear cells of a block. */
    private void pick(EdgeMap usual, int block) {
        int columns = usual.columns();
        if (clear.length < usual.even().length) {
            clear = new int[usual.even().length];
        }
        clearCount = 0;
        int top = block / ACROSS * usual.rows() / DOWN;
        int bottom = (block / ACROSS + 1) * usual.rows() / DOWN;
        int left = block % ACROSS * columns / ACROSS;
        int right = (block % ACROSS + 1) * columns / ACROSS;
        for (int y = top; y < bottom; y++) {
            for (int x = left; x < right; x++) {
                int i = y * columns + x;
                if (square(usual, i) >= CLEAR * CLEAR) {
                    clear[clearCount++] = i;
                }
            }
        }
    }

    private static float square(EdgeMap one, int i) {
        return one.even()[i] * one.even()[i] + one.odd()[i] * one.odd()[i];
    }

    /**
     * How much the clear cells are like those that lie {@code dx}, {@code dy} cells further now,
     * -1..1; -1 too when half of them would lie outside or there are no edges.
     */
    private float likeness(EdgeMap usual, EdgeMap now, int dx, int dy) {
        int columns = usual.columns();
        int rows = usual.rows();
        float[] evenBefore = usual.even();
        float[] oddBefore = usual.odd();
        float[] evenNow = now.even();
        float[] oddNow = now.odd();
        float product = 0;
        float before = 0;
        float after = 0;
        int inside = 0;
        for (int k = 0; k < clearCount; k++) {
            int i = clear[k];
            int x = i % columns + dx;
            int y = i / columns + dy;
            if (x < 0 || y < 0 || x >= columns || y >= rows) {
                continue;
            }
            int j = y * columns + x;
            inside++;
            product += evenBefore[i] * evenNow[j] + oddBefore[i] * oddNow[j];
            before += evenBefore[i] * evenBefore[i] + oddBefore[i] * oddBefore[i];
            after += evenNow[j] * evenNow[j] + oddNow[j] * oddNow[j];
        }
        if (inside < LEAST_CLEAR || 2 * inside < clearCount || after < 0.05f * before) {
            return -1;
        }
        return (float) (product / Math.sqrt(before * after));
    }

    /** Looks for a block elsewhere; true when it is found there. */
    private boolean find(EdgeMap usual, EdgeMap now, int block) {
        int reachX = (int) (REACH * usual.columns());
        int reachY = (int) (REACH * usual.rows());
        float best = -1;
        int bestX = 0;
        int bestY = 0;
        for (int dy = -reachY; dy <= reachY; dy++) {
            for (int dx = -reachX; dx <= reachX; dx++) {
                float there = dx == 0 && dy == 0 ? here : likeness(usual, now, dx, dy);
                if (there > best) {
                    best = there;
                    bestX = dx;
                    bestY = dy;
                }
            }
        }
        boolean found = best >= THERE && best >= here + RATHER_THERE;
        if (found) {
            goneX[gone] = bestX;
            goneY[gone] = bestY;
            atX[gone] = (2 * (block % ACROSS) + 1 - ACROSS) * usual.columns() / (2 * ACROSS);
            atY[gone] = (2 * (block / ACROSS) + 1 - DOWN) * usual.rows() / (2 * DOWN);
            gone++;
        }
        return found;
    }

    /**
     * Finds the shift, turn and scale that fits most of the blocks that have gone, and counts
     * those.
     */
    private void agree() {
        for (int one = 0; one < gone; one++) {
            count(goneX[one], goneY[one], 0, 0, atX[one], atY[one]);
            for (int other = one + 1; other < gone; other++) {
                double x = atX[other] - atX[one];
                double y = atY[other] - atY[one];
                double u = goneX[other] - goneX[one];
                double v = goneY[other] - goneY[one];
                double square = x * x + y * y;
                double scale = (x * u + y * v) / square;
                double turn = (x * v - y * u) / square;
                count(goneX[one], goneY[one], scale, turn, atX[one], atY[one]);
            }
        }
    }

    private void count(double dx, double dy, double scale, double turn, int fromX, int fromY) {
        int found = 0;
        for (int i = 0; i < gone; i++) {
            double x = atX[i] - fromX;
            double y = atY[i] - fromY;
            double wrongX = goneX[i] - (dx + scale * x - turn * y);
            double wrongY = goneY[i] - (dy + turn * x + scale * y);
            if (Math.abs(wrongX) <= ASTRAY && Math.abs(wrongY) <= ASTRAY) {
                found++;
            }
        }
        if (found > together) {
            together = found;
            shiftX = dx - scale * fromX + turn * fromY;
            shiftY = dy - turn * fromX - scale * fromY;
        }
    }

    /** Blocks that have edges to go by. */
    int judged() {
        return judged;
    }

    int inPlace() {
        return inPlace;
    }

    /** Blocks that were found elsewhere and have gone there together. */
    int together() {
        return together;
    }

    /** How far the middle of the picture has gone, in cells. */
    double shiftX() {
        return shiftX;
    }

    double shiftY() {
        return shiftY;
    }
}
