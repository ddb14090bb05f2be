package io.visionops.health.internal.forecast;

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
        WORSE_BUT_STABLE("worse from one day on, and stays so", false, Maker::worse),
        NIGHTS("well, a tenth of the bits at night, late frames by day", false, Maker::nights),
        CLOSED("well, a shop that is closed on Sundays and a holiday", false, Maker::closed),
        SET_LOWER("well, a lower bit rate set from one day on", false, Maker::setLower),
        FADING_RADIO("radio link that fades: frames come later and later", true, Maker::radio),
        SINKING_RATE("link or encoder that fails: the bit rate sinks", true, Maker::sinking);

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
            long own = seed * 31 + ordinal();
            return made.apply(new Maker(new Random(own), new Random(~own)));
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

        private final Stream stream;

        Maker(Random random, Random ofStream) {
            this.random = random;
            this.hours = 15 * DAY + random.nextInt(6 * DAY);
            this.blips = between(0.005, 0.1);
            this.first = random.nextInt(7 * DAY);
            this.stream = new Stream(ofStream, first);
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
            return of(outages, stalls, i -> 0, i -> 1);
        }

        /**
         * @param late milliseconds by which frames come later than they usually do
         * @param share of the usual bit rate
         */
        private List<Hour> of(
                ToDoubleFunction<Integer> outages,
                ToDoubleFunction<Integer> stalls,
                ToDoubleFunction<Integer> late,
                ToDoubleFunction<Integer> share) {
            List<Hour> made = new ArrayList<>();
            for (int i = 0; i < hours; i++) {
                double noise = random.nextInt(20) == 0 ? between(0, 2) : between(0, 0.1);
                double stalled = stalls.applyAsDouble(i) * between(0.5, 1.5) + noise;
                made.add(
                        new Hour(
                                random.nextInt(200) != 0,
                                Math.min(60, poisson(blips + outages.applyAsDouble(i))),
                                Math.min(60, stalled),
                                stream.late(i) + late.applyAsDouble(i) * stream.about(0.3),
                                stream.rate(i) * share.applyAsDouble(i)));
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

        List<Hour> radio() {
            double end = stream.between(800, 2500);
            double length = stream.between(36, 144);
            double bend = stream.between(1, 3);
            return of(
                    i -> share(i, length) > 0.95 ? 2 : 0,
                    i -> 0,
                    i -> end * Math.pow(share(i, length), bend),
                    i -> 1);
        }

        List<Hour> sinking() {
            double depth = stream.between(0.6, 0.95);
            double length = stream.between(36, 144);
            double bend = stream.between(1, 2);
            return of(
                    i -> share(i, length) > 0.95 ? 2 : 0,
                    i -> 0,
                    i -> 0,
                    i -> 1 - depth * Math.pow(share(i, length), bend));
        }

        List<Hour> nights() {
            stream.night = stream.between(0.05, 0.2);
            stream.busy = stream.between(200, 600);
            return blips();
        }

        List<Hour> closed() {
            double empty = stream.between(0.15, 0.4);
            int holiday = stream.random.nextInt(hours / DAY);
            return of(
                    i -> 0,
                    i -> 0,
                    i -> 0,
                    i -> {
                        int day = (i + first) / DAY;
                        return day % 7 == 6 || day == holiday + first / DAY ? empty : 1;
                    });
        }

        List<Hour> setLower() {
            int at = 3 * DAY + stream.random.nextInt(hours - 4 * DAY);
            double lower = stream.between(0.2, 0.6);
            return of(i -> 0, i -> 0, i -> 0, i -> i >= at ? lower : 1);
        }
    }

    /** What a stream is like by the hour when all is well: other by night than by day. */
    private static final class Stream {

        private final Random random;
        private final int first;
        private final double usual;
        private final double noise;
        private final double late;

        /** Share of the bit rate that is left at night, and milliseconds more by day. */
        private double night;

        private double busy;

        Stream(Random random, int first) {
            this.random = random;
            this.first = first;
            this.usual = between(500_000, 6_000_000);
            this.noise = between(0.05, 0.2);
            this.late = between(20, 80);
            this.night = between(0.25, 0.9);
            this.busy = between(0, 150);
        }

        private double between(double low, double high) {
            return low + (high - low) * random.nextDouble();
        }

        /** One, give or take. */
        private double about(double deviation) {
            return Math.exp(deviation * random.nextGaussian());
        }

        /** 1 at noon, 0 at night, dusk and dawn between. */
        private double day(int hour) {
            double sun = -Math.cos(2 * Math.PI * (hour + first) / DAY);
            return Math.max(0, Math.min(1, 0.5 + 1.5 * sun));
        }

        double rate(int hour) {
            return usual * (night + (1 - night) * day(hour)) * about(noise);
        }

        double late(int hour) {
            double hiccup = random.nextInt(50) == 0 ? between(0, 500) : 0;
            return (late + busy * day(hour)) * about(0.3) + hiccup;
        }
    }
}
