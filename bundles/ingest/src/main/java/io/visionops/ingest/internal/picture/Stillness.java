package io.visionops.ingest.internal.picture;

import java.util.Arrays;

/**
 * Tells a picture that stands still from one in which nothing happens. Noise makes two pictures of
 * a living camera differ in nearly every part, however little happens; codecs hide that between two
 * key frames, where they may repeat a picture bit by bit, but not beyond. So the picture is
 * compared exactly, part by part, with those of {@value #YOUNGEST} to {@value #OLDEST} tenths of
 * the limit ago: some of them are the same if the source stands still, whatever the codec's rhythm.
 * A tenth of the parts may differ: a clock that is burnt in goes on while the sensor hangs. Used by
 * one thread.
 */
final class Stillness {

    private static final int ACROSS = 16;
    private static final int DOWN = 12;
    private static final int PARTS = ACROSS * DOWN;

    /** Parts that may differ, for a clock and a name. */
    private static final int CLOCK = PARTS / 10;

    /** Rows of parts above and below in which a clock may be. */
    private static final int MARGIN = DOWN / 6;

    /** Grey levels from look to look that no codec makes of a picture that stands still. */
    private static final int STRONG = 16;

    /** Points of a part that change so when something moves there. */
    private static final int MOVING = 3;

    private static final int TENTHS = 10;

    /** Tenths of the limit without motion. */
    private static final int CALM = 5;

    private static final int YOUNGEST = 6;
    private static final int OLDEST = 10;

    /** Pictures that are kept; more often than every tenth of the limit is of no use. */
    private static final int KEPT = OLDEST + 2;

    private final int[][] prints = new int[KEPT][PARTS];
    private final long[] times = new long[KEPT];
    private final int[] print = new int[PARTS];
    private int kept;
    private int newest = -1;
    private byte[] before = {};
    private final int[] strong = new int[PARTS];
    private long motion;
    private boolean moved;

    /**
     * @param limit nanoseconds after which stillness is to be found
     */
    Evidence look(Luma luma, long nanos, long limit) {
        take(luma);
        if (isMoving(luma)) {
            motion = nanos;
            moved = true;
        }
        boolean calm = !moved || (nanos - motion) * TENTHS >= limit * CALM;
        Evidence evidence = Evidence.NONE;
        for (int i = 0; i < kept; i++) {
            long tenths = Math.round((double) (nanos - times[i]) * TENTHS / limit);
            if (tenths >= YOUNGEST && tenths <= OLDEST) {
                if (calm && differing(prints[i]) <= CLOCK) {
                    evidence = Evidence.FOR;
                    break;
                }
                evidence = Evidence.AGAINST;
            }
        }
        if (newest < 0 || (nanos - times[newest]) * TENTHS > limit * 9 / TENTHS) {
            newest = (newest + 1) % KEPT;
            kept = Math.max(kept, newest + 1);
            times[newest] = nanos;
            System.arraycopy(print, 0, prints[newest], 0, PARTS);
        }
        return evidence;
    }

    private void take(Luma luma) {
        Arrays.fill(print, 0);
        byte[] rows = luma.rows();
        int width = luma.width();
        for (int row = 0; row < luma.rowCount(); row++) {
            int part = row * DOWN / luma.rowCount() * ACROSS;
            int from = row * width;
            for (int column = 0; column < ACROSS; column++) {
                int end = row * width + (column + 1) * width / ACROSS;
                int hash = print[part + column];
                for (int i = from; i < end; i++) {
                    hash = 31 * hash + rows[i];
                }
                print[part + column] = hash;
                from = end;
            }
        }
    }

    /** Compares with the look before, and keeps this one for the next. */
    private boolean isMoving(Luma luma) {
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

    private int differing(int[] other) {
        int count = 0;
        for (int i = 0; i < PARTS; i++) {
            count += print[i] == other[i] ? 0 : 1;
        }
        return count;
    }

    /** What comes next is not compared with what was before. */
    void forget() {
        kept = 0;
        newest = -1;
        before = new byte[0];
        moved = false;
    }
}
