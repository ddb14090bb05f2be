package io.visionops.store.internal.forecast;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * Made-up histories of cameras by hour. They follow what is written of such faults, not
 * measurements: nobody has published hourly figures of cameras that failed.
 */
final class Histories {

    private static final int DAY = 24;

    /** How a camera does, and why. */
    enum Kind {
        DYING_POWER("power supply that dies: outages grow faster and faster", true, Maker::power),
        FULL_LINK("link that fills up: stalls grow with the hour of the day", true, Maker::link),
        SUDDEN("cable that is cut: no sign before", true, Maker::blips),
        BLIPS("well, a lost connection now and then", false, Maker::blips),
        NIGHTLY("well, restarted each night", false, Maker::nightly),
        MAINTENANCE("well, an afternoon of work on the network", false, Maker::maintenance),
        OFFICE_HOURS("well, a link that is busy on working days", false, Maker::office),
        WORSE_BUT_STABLE("worse from one day on, and stays so", false, Maker::worse);

        private final String words;
        private final boolean fails;
        private final Function<Maker, List<Hour>> made;

        Kind(String words, boolean fails, Function<Maker, List<Hour>> made) {
            this.words = words;
            this.fails = fails;
            this.made = made;
        }

        String words() {
            return words;
        }

        /** Whether the camera is dead after its last hour. */
        boolean fails() {
            return fails;
        }

        List<Hour> make(long seed) {
            return made.apply(new Maker(new Random(seed * 31 + ordinal())));
        }
    }

    private Histories() {}

    /** Rolls one history of each kind. */
    private static final class Maker {

        private final Random random;
        private final int hours;
        private final double blips;

        /** Hour of the day at which the history begins, so that no kind sits at a fixed place. */
        private final int first;

        Maker(Random random) {
            this.random = random;
            this.hours = 15 * DAY + random.nextInt(6 * DAY);
            this.blips = between(0.005, 0.1);
            this.first = random.nextInt(7 * DAY);
        }

        private double between(double low, double high) {
            return low + (high - low) * random.nextDouble();
        }

        /** By the method of Knuth. */
        private int poisson(double mean) {
            double limit = Math.exp(-mean);
            double product = random.nextDouble();
            int count = 0;
            while (product > limit) {
                count++;
                product *= random.nextDouble();
            }
            return count;
        }

        private List<Hour> of(ToDoubleFunction<Integer> outages, ToDoubleFunction<Integer> stalls) {
            List<Hour> made = new ArrayList<>();
            for (int i = 0; i < hours; i++) {
                double noise = random.nextInt(20) == 0 ? between(0, 2) : between(0, 0.1);
                double stalled = stalls.applyAsDouble(i) * between(0.5, 1.5) + noise;
                made.add(
                        new Hour(
                                random.nextInt(200) != 0,
                                Math.min(60, poisson(blips + outages.applyAsDouble(i))),
                                Math.min(60, stalled)));
            }
            return made;
        }

        List<Hour> blips() {
            return of(i -> 0, i -> 0);
        }

        List<Hour> power() {
            double end = between(8, 40);
            double growth = between(5, 24);
            return of(i -> end * Math.exp((i - hours) / growth), i -> 0);
        }

        List<Hour> link() {
            double end = between(25, 55);
            double length = between(36, 144);
            double swing = between(0, 0.6);
            return of(
                    i -> share(i, length) > 0.9 ? 2 : 0,
                    i -> end * Math.pow(share(i, length), 2) * (1 - swing * night(i)));
        }

        /** 0 until a decline begins, 1 at its end. */
        private double share(int hour, double length) {
            return Math.max(0, 1 - (hours - hour) / length);
        }

        private double night(int hour) {
            return 0.5 + 0.5 * Math.cos(2 * Math.PI * (hour + first) / DAY);
        }

        List<Hour> nightly() {
            int at = random.nextInt(DAY);
            double times = between(1, 3);
            return of(i -> (i + first) % DAY == at ? times : 0, i -> 0);
        }

        List<Hour> maintenance() {
            int at = 3 * DAY + random.nextInt(hours - 4 * DAY);
            int length = 1 + random.nextInt(5);
            double times = between(3, 20);
            return of(
                    i -> i >= at && i < at + length ? times : 0,
                    i -> i >= at && i < at + length ? times : 0);
        }

        List<Hour> office() {
            double busy = between(3, 25);
            return of(
                    i -> 0,
                    i -> {
                        int day = (i + first) / DAY % 7;
                        int hour = (i + first) % DAY;
                        return day < 5 && hour >= 8 && hour < 18 ? busy : 0;
                    });
        }

        List<Hour> worse() {
            int at = 3 * DAY + random.nextInt(hours - 4 * DAY);
            double times = between(0.5, 5);
            double stalls = between(0, 10);
            return of(i -> i >= at ? times : 0, i -> i >= at ? stalls : 0);
        }
    }
}
