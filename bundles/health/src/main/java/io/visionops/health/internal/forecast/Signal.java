package io.visionops.health.internal.forecast;

import java.util.Locale;

/** What a failure may announce itself by, and from when on a camera is of no use. */
enum Signal {
    /** Begun in an hour. They double again and again. */
    OUTAGES(0.5, 1.5, 15) {
        @Override
        double of(Hour hour) {
            return hour.outages();
        }

        @Override
        double scaled(double value) {
            return Math.log1p(value);
        }

        @Override
        double back(double scaled) {
            return Math.expm1(scaled);
        }

        @Override
        String reason(double usual, double last, double now) {
            return words(
                    "outages grow: %.1f an hour over the last two weeks, %.1f now", usual, now);
        }
    },
    /** Minutes of an hour, which are no more than sixty. */
    STALLS(1, 3, 30) {
        @Override
        double of(Hour hour) {
            return hour.stalledMinutes();
        }

        @Override
        String reason(double usual, double last, double now) {
            return words(
                    "stalled minutes grow: %.1f an hour over the last two weeks, %.1f now",
                    usual, now);
        }
    },
    /** Milliseconds. */
    LATENESS(40, 750, 1500) {
        @Override
        double of(Hour hour) {
            return hour.lateMillis();
        }

        @Override
        String reason(double usual, double last, double now) {
            return words(
                    "frames come later and later: by %.0f ms over the last two weeks, %.0f ms more"
                            + " than usual now",
                    usual, now);
        }
    },
    /** Per cent of what is usual at this time of day that are missing: at night there are less. */
    BIT_RATE(10, 30, 60) {
        @Override
        double of(Hour hour) {
            return hour.bitsPerSecond();
        }

        @Override
        double[] unusual(double[] hours) {
            return SeasonalBaseline.missing(hours);
        }

        @Override
        String reason(double usual, double last, double now) {
            return words(
                    "the bit rate falls: %.0f kbit/s over the last two weeks, %.0f in the last"
                            + " hours, %.0f %% less than usual",
                    usual / 1000, last / 1000, now);
        }
    };

    private final double leastDeviation;
    private final double least;
    private final double useless;

    Signal(double leastDeviation, double least, double useless) {
        this.leastDeviation = leastDeviation;
        this.least = least;
        this.useless = useless;
    }

    /** The figure of an hour that is known; may be not a number. */
    abstract double of(Hour hour);

    /** By how much it is worse than usual. */
    double[] unusual(double[] hours) {
        return SeasonalBaseline.excess(hours);
    }

    /** As what grows in a straight line until the camera fails. */
    double scaled(double value) {
        return value;
    }

    double back(double scaled) {
        return scaled;
    }

    /** What the figure varies by at least, of whatever camera. */
    double leastDeviation() {
        return leastDeviation;
    }

    /** By how much worse than usual it must be already. */
    double least() {
        return least;
    }

    /** By how much worse than usual it is when the camera is of no use. */
    double useless() {
        return useless;
    }

    /**
     * Why a camera is likely to fail, in words.
     *
     * @param usual mean of the last two weeks
     * @param last mean of the last hours
     * @param now by how much it is worse than usual
     */
    abstract String reason(double usual, double last, double now);

    private static String words(String format, Object... numbers) {
        return String.format(Locale.ROOT, format, numbers);
    }
}
