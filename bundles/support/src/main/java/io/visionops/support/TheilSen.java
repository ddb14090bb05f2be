package io.visionops.support;

import java.util.Arrays;

/**
 * The slope of a line through points by the method of Theil and Sen: the median of the slopes of
 * all pairs, which a few wild points do not move. For up to some hundred points.
 */
public final class TheilSen {

    private TheilSen() {}

    /**
     * @param x all different
     * @param y one for each
     * @return 0 of less than two points
     */
    public static double slope(double[] x, double[] y) {
        int n = x.length;
        double[] slopes = new double[n * (n - 1) / 2];
        int next = 0;
        for (int i = 0; i < n; i++) {
            for (int j = i + 1; j < n; j++) {
                slopes[next++] = (y[j] - y[i]) / (x[j] - x[i]);
            }
        }
        return median(slopes);
    }

    /** The middle one, or the mean of the two middle ones; 0 of nothing. */
    public static double median(double[] values) {
        if (values.length == 0) {
            return 0;
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }
}
