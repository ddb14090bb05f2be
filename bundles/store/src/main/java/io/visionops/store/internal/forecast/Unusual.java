package io.visionops.store.internal.forecast;

import java.util.Arrays;

/**
 * What is more than usual at this time of day: a camera that is restarted each night is lost each
 * night, and a link that is busy each noon stalls each noon.
 */
final class Unusual {

    private static final int DAY = 24;
    private static final int WEEK = 7 * DAY;

    private Unusual() {}

    /**
     * The excess of each hour over the same hour of the days before, their median, and of a week
     * before, for Mondays; or over its neighbours'.
     *
     * @param hours oldest first; not a number where nothing is known
     */
    static double[] of(double[] hours) {
        double[] excess = new double[hours.length];
        for (int i = 0; i < hours.length; i++) {
            double usual = 0;
            // A restart on the full hour falls now into one, now into the other.
            for (int near = -1; near <= 1; near++) {
                usual = Math.max(usual, before(hours, i + near));
                usual = Math.max(usual, weekBefore(hours, i + near));
            }
            excess[i] = Double.isNaN(hours[i]) ? Double.NaN : Math.max(0, hours[i] - usual);
        }
        return excess;
    }

    private static double weekBefore(double[] hours, int index) {
        int then = index - WEEK;
        return then < 0 || Double.isNaN(hours[then]) ? 0 : hours[then];
    }

    private static double before(double[] hours, int index) {
        double[] same = new double[index / DAY + 1];
        int count = 0;
        for (int i = index - DAY; i >= 0; i -= DAY) {
            if (!Double.isNaN(hours[i])) {
                same[count++] = hours[i];
            }
        }
        return Trend.median(Arrays.copyOf(same, count));
    }
}
