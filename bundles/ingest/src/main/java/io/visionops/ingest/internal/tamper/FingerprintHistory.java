package io.visionops.ingest.internal.tamper;

/**
 * Fingerprints of the last pictures, part by part: equal ones are of pictures that are equal there,
 * bit by bit. Used by one thread.
 */
final class FingerprintHistory {

    private final int[][] prints;
    private final long[] times;
    private int kept;
    private int newest = -1;

    /**
     * @param most prints that are kept
     */
    FingerprintHistory(int most, int parts) {
        prints = new int[most][parts];
        times = new long[most];
    }

    void add(int[] print, long nanos) {
        newest = (newest + 1) % prints.length;
        kept = Math.max(kept, newest + 1);
        times[newest] = nanos;
        System.arraycopy(print, 0, prints[newest], 0, print.length);
    }

    /**
     * @param youngest nanoseconds ago
     * @param oldest nanoseconds ago
     * @param different parts that may differ
     * @return how many nanoseconds ago the picture was the same, at most; 0 when it was not
     */
    long sameAgo(int[] print, long nanos, long youngest, long oldest, int different) {
        long ago = 0;
        for (int i = 0; i < kept; i++) {
            long age = nanos - times[i];
            if (age >= youngest
                    && age <= oldest
                    && age > ago
                    && same(prints[i], print, different)) {
                ago = age;
            }
        }
        return ago;
    }

    /** Whether one of the last {@code ago} nanoseconds was not the same. */
    boolean hasChangedWithin(int[] print, long nanos, long ago, int different) {
        for (int i = 0; i < kept; i++) {
            if (nanos - times[i] < ago && !same(prints[i], print, different)) {
                return true;
            }
        }
        return false;
    }

    /** Whether there is one to compare with. */
    boolean has(long nanos, long youngest, long oldest) {
        for (int i = 0; i < kept; i++) {
            long age = nanos - times[i];
            if (age >= youngest && age <= oldest) {
                return true;
            }
        }
        return false;
    }

    /** Whether all but {@code different} parts are like those of the newest. */
    boolean isLikeNewest(int[] print, int different) {
        return newest >= 0 && same(prints[newest], print, different);
    }

    boolean isEmpty() {
        return newest < 0;
    }

    /** When the newest was taken. */
    long newestAt() {
        return times[newest];
    }

    private static boolean same(int[] one, int[] other, int different) {
        int left = different;
        for (int i = 0; i < one.length; i++) {
            if (one[i] != other[i] && --left < 0) {
                return false;
            }
        }
        return true;
    }

    void forget() {
        kept = 0;
        newest = -1;
    }
}
