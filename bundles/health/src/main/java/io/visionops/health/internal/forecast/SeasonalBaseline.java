package io.visionops.health.internal.forecast;

import io.visionops.support.TheilSen;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * What is more than usual at this time of day: a camera that is restarted each night is lost each
 * night, and a link that is busy each noon stalls each noon.
 */
final class SeasonalBaseline {

    private static final int DAY = 24;
    private static final int WEEK = 7 * DAY;

    private SeasonalBaseline() {}

    /**
     * The excess of each hour over the same hour of the days before, their median, and of a week
     * before, for Mondays; or over its neighbours'.
     *
     * @param hours oldest first; not a number where nothing is known
     */
    static double[] excess(double[] hours) {
        double[] most = new double[hours.length];
        for (double[] usual : usual(hours)) {
            for (int i = 0; i < hours.length; i++) {
                most[i] = Math.max(most[i], around(usual, i).max().orElse(0));
            }
        }
        double[] excess = new double[hours.length];
        for (int i = 0; i < hours.length; i++) {
            excess[i] = Double.isNaN(hours[i]) ? Double.NaN : Math.max(0, hours[i] - most[i]);
        }
        return excess;
    }

    /**
     * What is missing of each hour in per cent of the same hour of the days before, or of a week
     * before, whichever was less.
     *
     * @param hours oldest first; not a number where nothing is known
     */
    static double[] missing(double[] hours) {
        double[] least = new double[hours.length];
        Arrays.fill(least, Double.MAX_VALUE);
        for (double[] usual : usual(hours)) {
            for (int i = 0; i < hours.length; i++) {
                double near = around(usual, i).filter(x -> x > 0).min().orElse(Double.MAX_VALUE);
                least[i] = Math.min(least[i], near);
            }
        }
        double[] missing = new double[hours.length];
        for (int i = 0; i < hours.length; i++) {
            double less = least[i] == Double.MAX_VALUE ? 0 : 100 * (1 - hours[i] / least[i]);
            missing[i] = Double.isNaN(hours[i]) ? Double.NaN : Math.max(0, less);
        }
        return missing;
    }

    /** A restart on the full hour falls now into one, now into the other. */
    private static DoubleStream around(double[] hours, int index) {
        int end = Math.min(hours.length, index + 2);
        return Arrays.stream(hours, Math.max(0, index - 1), end);
    }

    /** What each hour is compared with; 0 where nothing is known. One more than there are. */
    private static List<double[]> usual(double[] hours) {
        double[] days = new double[hours.length + 1];
        double[] week = new double[hours.length + 1];
        for (int i = 0; i <= hours.length; i++) {
            days[i] = before(hours, i);
            int then = i - WEEK;
            week[i] = then < 0 || Double.isNaN(hours[then]) ? 0 : hours[then];
        }
        return List.of(days, week);
    }

    /** Median of the same hour of the days before. */
    private static double before(double[] hours, int index) {
        double[] same = new double[index / DAY + 1];
        int count = 0;
        for (int i = index - DAY; i >= 0; i -= DAY) {
            if (!Double.isNaN(hours[i])) {
                same[count++] = hours[i];
            }
        }
        return TheilSen.median(Arrays.copyOf(same, count));
    }
}
