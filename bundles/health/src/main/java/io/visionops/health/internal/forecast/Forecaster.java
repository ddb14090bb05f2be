package io.visionops.health.internal.forecast;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Says whether a camera is likely to fail within a day, from what each {@link Signal} was by hour.
 * For one of them three things must come together:
 *
 * <ol>
 *   <li>It is worse than usual for this time of day ({@link SeasonalBaseline}), and for long
 *       enough: a CUSUM of the excess, in deviations of the camera's own past, has passed its
 *       limit.
 *   <li>It grows: a robust line ({@link Trend}) rises, through the logarithm of what breaks faster
 *       and faster.
 *   <li>Drawn on for a day, the line reaches a level at which a camera is of no use.
 * </ol>
 */
final class Forecaster {

    /** Hours that must be known before anything is said. */
    static final int LEAST = 7 * 24;

    /** Hours that are looked at. */
    static final int MOST = 14 * 24;

    private static final int CUSUM_HOURS = 48;
    private static final double SLACK = 0.5;
    private static final double CUSUM_LIMIT = 8;

    /** One hour weighs no more than this, however bad it was: a repair is not a decline. */
    private static final double HEAVIEST = 3;

    private static final int BINS = 12;

    /** Hours for which a warning holds: a decline has its better hours. */
    private static final int HELD = 3;

    /** Hours of one of the values through which a line is drawn. */
    private static final int[] BIN_HOURS = {1, 3, 8};

    private static final double AHEAD_HOURS = 18;

    private static final String AHEAD = "; of no use within a day if it goes on so";

    /**
     * What is said of a camera.
     *
     * @param reason one line with the numbers that led to this
     */
    record Verdict(boolean likely, String reason) {}

    private Forecaster() {}

    /**
     * Judges a camera.
     *
     * @param hours oldest first, without gaps, the last one full
     */
    static Verdict judge(List<Hour> hours) {
        long known = hours.stream().filter(Hour::known).count();
        if (known < LEAST) {
            return new Verdict(
                    false, "no forecast: " + known + " of " + LEAST + " hours are known");
        }
        for (Signal signal : Signal.values()) {
            double[] values = values(signal, hours);
            Verdict verdict = judge(signal, values);
            if (verdict.likely()) {
                return verdict;
            }
        }
        double outages = mean(values(Signal.OUTAGES, hours), 24);
        double stalled = mean(values(Signal.STALLS, hours), 24);
        return new Verdict(
                false,
                String.format(
                        Locale.ROOT,
                        "no decline: %.1f outages and %.1f stalled minutes an hour in the last day",
                        outages,
                        stalled));
    }

    private static double[] values(Signal signal, List<Hour> hours) {
        return hours.stream()
                .mapToDouble(hour -> hour.known() ? signal.of(hour) : Double.NaN)
                .toArray();
    }

    private static Verdict judge(Signal signal, double[] values) {
        double[] excess = signal.unusual(values);
        for (int back = 0; back < HELD; back++) {
            int now = values.length - back;
            Verdict verdict = judge(signal, Arrays.copyOf(values, now), Arrays.copyOf(excess, now));
            if (verdict.likely()) {
                return verdict;
            }
        }
        return new Verdict(false, "");
    }

    private static Verdict judge(Signal signal, double[] values, double[] excess) {
        double sum = cusum(signal, excess);
        if (sum >= CUSUM_LIMIT) {
            for (int binHours : BIN_HOURS) {
                Verdict verdict = decline(signal, values, excess, binHours);
                if (verdict.likely()) {
                    return verdict;
                }
            }
        }
        return new Verdict(false, "");
    }

    private static double cusum(Signal signal, double[] excess) {
        int start = Math.max(0, excess.length - CUSUM_HOURS);
        // The first day has nothing to be compared with.
        double[] past = known(Arrays.copyOfRange(excess, Math.min(24, start), start));
        double usual = Arrays.stream(past).average().orElse(0);
        double variance =
                Arrays.stream(past).map(x -> (x - usual) * (x - usual)).average().orElse(0);
        double deviation = Math.max(signal.leastDeviation(), Math.sqrt(variance));
        double sum = 0;
        for (int i = start; i < excess.length; i++) {
            if (!Double.isNaN(excess[i])) {
                double z = Math.min(HEAVIEST, (excess[i] - usual) / deviation);
                sum = Math.max(0, sum + z - SLACK);
            }
        }
        return sum;
    }

    private static Verdict decline(Signal signal, double[] values, double[] excess, int binHours) {
        int hours = BINS * binHours;
        if (excess.length < hours) {
            return new Verdict(false, "");
        }
        double[] bins = new double[BINS];
        for (int i = 0; i < BINS; i++) {
            int from = excess.length - hours + i * binHours;
            double[] bin = known(Arrays.copyOfRange(excess, from, from + binHours));
            bins[i] = signal.scaled(Arrays.stream(bin).average().orElse(0));
        }
        Trend trend = Trend.of(bins);
        // A line is drawn on for no longer than twice what it was drawn through.
        double ahead = Math.min(AHEAD_HOURS, 2.0 * hours) / binHours;
        double expected = signal.back(trend.after(ahead));
        boolean grows =
                signal.back(trend.last()) >= 2 * signal.back(trend.after(1 - BINS))
                        && Trend.isSlope(bins);
        double now = signal.back(trend.last());
        if (!grows || expected < signal.useless() || now < signal.least()) {
            return new Verdict(false, "");
        }
        String reason = signal.reason(mean(values, values.length), mean(values, binHours), now);
        return new Verdict(true, reason + AHEAD);
    }

    private static double mean(double[] values, int last) {
        double[] part =
                Arrays.copyOfRange(values, Math.max(0, values.length - last), values.length);
        return Arrays.stream(known(part)).average().orElse(0);
    }

    private static double[] known(double[] values) {
        return Arrays.stream(values).filter(x -> !Double.isNaN(x)).toArray();
    }
}
