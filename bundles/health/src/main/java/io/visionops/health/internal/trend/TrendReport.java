package io.visionops.health.internal.trend;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What grows, as it was last found.
 *
 * @param growths of memory, the largest first
 * @param untilJudged the Java process has run, or been as it is, for too short a time; zero when
 *     not
 * @param diskJudged whether the disk has been watched for long enough
 * @param exhaustions what ends when it goes on like that
 */
record TrendReport(
        List<Growth> growths,
        Duration untilJudged,
        boolean diskJudged,
        List<Exhaustion> exhaustions) {

    /** Where nothing is watched. */
    static final TrendReport NOTHING = new TrendReport(List.of(), Duration.ZERO, false, List.of());

    TrendReport {
        growths = List.copyOf(growths);
        exhaustions = List.copyOf(exhaustions);
    }

    /** One that has memory, and by how much that grows. */
    record Growth(MemoryOwner owner, double bytesAnHour) {}

    /**
     * Something that ends.
     *
     * @param of {@code disk}, {@code memory}, or a kind of memory
     * @param words for a person
     * @param left until then
     */
    record Exhaustion(String of, String words, double bytesAnHour, Duration left) {

        /** Hours; later ones are of no interest, and more than a duration can hold. */
        private static final double LONGEST = 24 * 365.0;

        static Optional<Exhaustion> of(
                String of, String words, OptionalDouble growth, double rest) {
            if (growth.isEmpty() || growth.getAsDouble() * LONGEST < rest) {
                return Optional.empty();
            }
            double slope = growth.getAsDouble();
            if (slope <= 0) {
                return Optional.empty();
            }
            return Optional.of(
                    new Exhaustion(
                            of, words, slope, Duration.ofSeconds((long) (3600 * rest / slope))));
        }
    }
}
