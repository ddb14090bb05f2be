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

    private static final int TENTHS = 10;
    private static final int YOUNGEST = 6;
    private static final int OLDEST = 10;

    /** Pictures that are kept; more often than every tenth of the limit is of no use. */
    private static final int KEPT = OLDEST + 2;

    private final int[][] prints = new int[KEPT][PARTS];
    private final long[] times = new long[KEPT];
    private final int[] print = new int[PARTS];
    private int kept;
    private int newest = -1;

    /**
     * @param limit nanoseconds after which stillness is to be found
     */
    Evidence look(Luma luma, long nanos, long limit) {
        take(luma);
        Evidence evidence = Evidence.NONE;
        for (int i = 0; i < kept; i++) {
            long tenths = Math.round((double) (nanos - times[i]) * TENTHS / limit);
            if (tenths >= YOUNGEST && tenths <= OLDEST) {
                if (differing(prints[i]) <= CLOCK) {
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
    }
}
