package io.visionops.health.internal.forecast;

import io.visionops.support.TheilSen;
import java.util.Arrays;

/**
 * A straight line through values at equal distances by the method of Theil and Sen ({@link
 * TheilSen}), so that a few values out of line do not turn it.
 *
 * @param slope by step
 * @param last value of the line at the last step
 */
record Trend(double slope, double last) {

    static Trend of(double[] values) {
        int n = values.length;
        double[] steps = new double[n];
        Arrays.setAll(steps, i -> i);
        double slope = TheilSen.slope(steps, values);
        double[] ends = new double[n];
        for (int i = 0; i < n; i++) {
            ends[i] = values[i] + slope * (n - 1 - i);
        }
        return new Trend(slope, TheilSen.median(ends));
    }

    /**
     * Whether values look more like a slope than like one step up: what has become worse for good
     * is no decline.
     */
    static boolean isSlope(double[] values) {
        int n = values.length;
        double best = Double.MAX_VALUE;
        for (int step = 1; step < n; step++) {
            best = Math.min(best, spread(values, 0, step) + spread(values, step, n));
        }
        double[] rest = new double[n];
        Trend line = of(values);
        for (int i = 0; i < n; i++) {
            rest[i] = values[i] - line.after(i - (n - 1));
        }
        return spread(rest, 0, n) < best;
    }

    /** The sum of the squares of the distances from the mean. */
    private static double spread(double[] values, int from, int to) {
        double mean = Arrays.stream(values, from, to).average().orElse(0);
        return Arrays.stream(values, from, to).map(x -> (x - mean) * (x - mean)).sum();
    }

    double after(double steps) {
        return last + slope * steps;
    }
}
