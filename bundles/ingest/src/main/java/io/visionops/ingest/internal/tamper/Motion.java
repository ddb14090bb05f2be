package io.visionops.ingest.internal.tamper;

import java.util.Arrays;

/**
 * Tells whether anything moves from look to look, but in the upper and lower margin, where a clock
 * may be. Used by one thread.
 */
final class Motion {

    private static final int ACROSS = 16;
    private static final int DOWN = 12;

    /** Rows of parts above and below in which a clock may be. */
    private static final int MARGIN = DOWN / 6;

    /** Grey levels from look to look that hardly any codec makes of a picture that stands still. */
    private static final int STRONG = 16;

    /**
     * Points of a part that change so when something moves there: passers-by were measured to have
     * more than 30, what codecs do to noise at night up to 6.
     */
    private static final int MOVING = 12;

    private final int[] strong = new int[ACROSS * DOWN];
    private byte[] before = {};

    /**
     * Compares with the look before, and keeps this one for the next; true when something moves.
     */
    boolean look(Luma luma) {
        byte[] rows = luma.rows();
        if (before.length != rows.length) {
            before = rows.clone();
            return false;
        }
        Arrays.fill(strong, 0);
        int width = luma.width();
        for (int row = 0; row < luma.rowCount(); row++) {
            int down = row * DOWN / luma.rowCount();
            if (down < MARGIN || down >= DOWN - MARGIN) {
                continue;
            }
            for (int column = 0; column < ACROSS; column++) {
                int end = row * width + (column + 1) * width / ACROSS;
                int count = 0;
                for (int i = row * width + column * width / ACROSS; i < end; i++) {
                    int change = (rows[i] & 0xff) - (before[i] & 0xff);
                    count += change >= STRONG || change <= -STRONG ? 1 : 0;
                }
                strong[down * ACROSS + column] += count;
            }
        }
        System.arraycopy(rows, 0, before, 0, rows.length);
        for (int count : strong) {
            if (count >= MOVING) {
                return true;
            }
        }
        return false;
    }

    void forget() {
        before = new byte[0];
    }
}
