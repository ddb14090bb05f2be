package io.visionops.ingest.internal.tamper;

import java.util.Arrays;

/**
 * Tells whether an encoder goes on polishing a picture that stands still, or follows one that
 * lives. Noise takes back what it did: after {@value #STEPS} steps a living picture is hardly
 * farther from where it was than after one. What is added to a picture that stands still remains:
 * the square of the whole way is the sum of the squares of its steps. That ratio, in {@value
 * #ACROSS} by {@value #DOWN} parts, depends neither on the strength of noise nor on the bit rate;
 * the average of a part does not count, so that neither does the light.
 *
 * <p>After a key frame or another light even a living picture is polished at first, for as long as
 * it takes to reach its noise. So nothing is said until it has been seen to live since. Used by one
 * thread.
 */
final class Refinement {

    private static final int ACROSS = 8;
    private static final int DOWN = 6;
    private static final int PARTS = ACROSS * DOWN;

    /** Parts that may live, for a clock and a name. */
    private static final int CLOCK = PARTS / 10;

    /** Steps of a tenth of the limit. */
    private static final int STEPS = 7;

    /** Of the sampled rows; more cost time and memory and tell nothing new. */
    private static final int EVERY = 4;

    /** Share of its steps that is left of a way, 0..1: more in a picture that stands still. */
    private static final double REMAINS = 0.55;

    /** Less in one that lives: 0.1 to 0.4 was measured, and 0.6 to 1.1 in one that stands still. */
    private static final double TAKEN_BACK = 0.45;

    /** A way of fewer steps than this, counted by their weight, tells nothing. */
    private static final double LEAST_STEPS = 1.5;

    /** Looks that must have seen life, and tenths for which that counts. */
    private static final int LIVED = 2;

    private static final int LIVED_TENTHS = 20;

    /** A step so many times as large as usual is a key frame or another light. */
    private static final double UPHEAVAL = 3;

    /** Square of grey levels; smaller steps are none. */
    private static final double LEAST_UPHEAVAL = 0.5;

    private static final int TENTHS = 10;

    private final byte[][] pictures = new byte[STEPS + 1][0];
    private final double[][] steps = new double[STEPS][PARTS];
    private final double[] usual = new double[STEPS];
    private final double[] sorted = new double[PARTS];
    private final double[] way = new double[PARTS];
    private long takenAt;
    private int taken;
    private int sinceUpheaval;
    private int lived;
    private long livedAt;
    private boolean polishing;
    private boolean living;

    void look(Luma luma, long nanos, long limit) {
        int size = luma.rowCount() / EVERY * luma.width();
        if (pictures[0].length != size) {
            for (int i = 0; i < pictures.length; i++) {
                pictures[i] = new byte[size];
            }
            forget();
        }
        if (taken > 0 && (nanos - takenAt) * TENTHS <= limit * 9 / TENTHS) {
            return;
        }
        takenAt = nanos;
        byte[] now = pictures[taken % pictures.length];
        keep(luma, now);
        if (taken > 0) {
            step(now, luma.width());
        }
        taken++;
    }

    private static void keep(Luma luma, byte[] to) {
        int width = luma.width();
        for (int i = 0; i < to.length / width; i++) {
            System.arraycopy(luma.rows(), i * EVERY * width, to, i * width, width);
        }
    }

    private void step(byte[] now, int width) {
        int at = (taken - 1) % STEPS;
        changes(pictures[(taken - 1) % pictures.length], now, width, steps[at]);
        double step = median(steps[at]);
        sinceUpheaval++;
        if (taken > STEPS && step > LEAST_UPHEAVAL && step > UPHEAVAL * median(usual)) {
            sinceUpheaval = 0;
            lived = 0;
        }
        usual[at] = step;
        polishing = false;
        living = false;
        if (sinceUpheaval >= STEPS && taken >= STEPS) {
            changes(pictures[(taken - STEPS) % pictures.length], now, width, way);
            judge();
        }
    }

    /** Variance of the difference of two pictures, part by part. */
    private static void changes(byte[] from, byte[] to, int width, double[] parts) {
        int rows = to.length / width;
        for (int part = 0; part < PARTS; part++) {
            int top = part / ACROSS * rows / DOWN;
            int bottom = (part / ACROSS + 1) * rows / DOWN;
            int left = part % ACROSS * width / ACROSS;
            int right = (part % ACROSS + 1) * width / ACROSS;
            int sum = 0;
            int squares = 0;
            for (int row = top; row < bottom; row++) {
                for (int i = row * width + left; i < row * width + right; i++) {
                    int change = (to[i] & 0xff) - (from[i] & 0xff);
                    sum += change;
                    squares += change * change;
                }
            }
            double count = Math.max(1, (bottom - top) * (right - left));
            parts[part] = squares / count - sum / count * (sum / count);
        }
    }

    private double median(double[] values) {
        System.arraycopy(values, 0, sorted, 0, values.length);
        Arrays.sort(sorted, 0, values.length);
        return sorted[values.length / 2];
    }

    private void judge() {
        int changing = 0;
        int back = 0;
        int left = 0;
        for (int part = 0; part < PARTS; part++) {
            double sum = 0;
            double squares = 0;
            for (double[] step : steps) {
                sum += step[part];
                squares += step[part] * step[part];
            }
            if (sum <= 0) {
                left++;
                continue;
            }
            changing++;
            if (sum * sum >= LEAST_STEPS * squares) {
                left += way[part] >= REMAINS * sum ? 1 : 0;
                back += way[part] < TAKEN_BACK * sum ? 1 : 0;
            }
        }
        living = 2 * back >= PARTS;
        if (living) {
            lived++;
            livedAt = takenAt;
        }
        polishing = left >= PARTS - CLOCK && 4 * changing >= PARTS;
    }

    /** Whether nothing was taken back of the last steps. */
    boolean isPolishing() {
        return polishing;
    }

    /** Whether the picture has been seen to live, and not too long ago. */
    boolean hasLived(long nanos, long limit) {
        return lived >= LIVED && (nanos - livedAt) * TENTHS <= LIVED_TENTHS * limit;
    }

    /** Whether the last steps were taken back by noise, or by whatever moves. */
    boolean isLiving() {
        return living;
    }

    void forget() {
        taken = 0;
        sinceUpheaval = 0;
        lived = 0;
        polishing = false;
        living = false;
    }
}
