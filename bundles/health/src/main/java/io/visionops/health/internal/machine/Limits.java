package io.visionops.health.internal.machine;

import io.visionops.api.health.HealthStatus;
import io.visionops.support.DurationText;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * From where on something is a warning, and critical.
 *
 * @param memoryLimit bytes that this program and its children may have
 * @param memory percent of that
 * @param cpu percent of all processors, over a minute
 * @param temperature degrees Celsius
 * @param temperatureStop degrees Celsius from which on nothing but the fewest parts may run
 * @param diskFree bytes; less of them is worse
 * @param diskUsed percent
 * @param descriptors percent of those that are allowed
 * @param threads of this program
 * @param directMemory percent of what is allowed
 * @param clockStep by which the clock of this computer is set
 * @param sensor a file with thousandths of a degree in the place of the computer's sensor
 */
public record Limits(
        long memoryLimit,
        Pair memory,
        Pair cpu,
        Pair temperature,
        double temperatureStop,
        Pair diskFree,
        Pair diskUsed,
        Pair descriptors,
        Pair threads,
        Pair directMemory,
        Duration clockStep,
        Optional<Path> sensor) {

    private static final Pattern SIZE = Pattern.compile("(\\d{1,9})\\s*(MB|GB)");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,7}");
    private static final long MB = 1_000_000;

    /** A warning, and worse. */
    public record Pair(double warn, double critical) {

        /** Where more is worse. */
        public HealthStatus above(double value) {
            if (value >= critical) {
                return HealthStatus.CRITICAL;
            }
            return value >= warn ? HealthStatus.WARN : HealthStatus.OK;
        }

        /** Where less is worse. */
        HealthStatus below(double value) {
            if (value < critical) {
                return HealthStatus.CRITICAL;
            }
            return value < warn ? HealthStatus.WARN : HealthStatus.OK;
        }
    }

    /**
     * @param values text by key; each key that is named here has to be there
     * @throws IllegalArgumentException with one line for the admin
     */
    public static Limits read(Map<String, String> values) {
        return new Limits(
                size("memory.limit", values),
                rising("memory", values),
                rising("cpu", values),
                rising("temperature", values),
                number("temperature.stop", values),
                falling("disk.free", values),
                rising("disk.used", values),
                rising("descriptors", values),
                rising("threads", values),
                rising("direct.memory", values),
                duration("clock.step", values),
                file(text("sensor.file", values)));
    }

    private static Pair rising(String key, Map<String, String> values) {
        Pair pair = new Pair(number(key + ".warn", values), number(key + ".critical", values));
        if (pair.warn() > pair.critical()) {
            throw new IllegalArgumentException(
                    key + ".warn is refused: must not be above " + key + ".critical");
        }
        return pair;
    }

    private static Pair falling(String key, Map<String, String> values) {
        Pair pair = new Pair(size(key + ".warn", values), size(key + ".critical", values));
        if (pair.warn() < pair.critical()) {
            throw new IllegalArgumentException(
                    key + ".warn is refused: must not be below " + key + ".critical");
        }
        return pair;
    }

    private static String text(String key, Map<String, String> values) {
        return values.getOrDefault(key, "").strip();
    }

    private static double number(String key, Map<String, String> values) {
        String text = text(key, values);
        if (!NUMBER.matcher(text).matches()) {
            throw refused(key, text, "a whole number from 0 to 9999999");
        }
        return Double.parseDouble(text);
    }

    private static long size(String key, Map<String, String> values) {
        return size(key, text(key, values));
    }

    /**
     * Bytes.
     *
     * @throws IllegalArgumentException with one line for the admin
     */
    public static long size(String key, String text) {
        Matcher size = SIZE.matcher(text.strip());
        if (!size.matches()) {
            throw refused(key, text, "a size such as 500MB or 6GB");
        }
        return Long.parseLong(size.group(1)) * (size.group(2).equals("GB") ? 1_000 * MB : MB);
    }

    private static Duration duration(String key, Map<String, String> values) {
        return duration(key, text(key, values));
    }

    /**
     * @throws IllegalArgumentException with one line for the admin
     */
    public static Duration duration(String key, String text) {
        return DurationText.parse(text).orElseThrow(() -> refused(key, text, DurationText.ALLOWED));
    }

    private static Optional<Path> file(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(Path.of(text));
    }

    private static IllegalArgumentException refused(String key, String text, String allowed) {
        return new IllegalArgumentException(key + " = " + text + " is refused: must be " + allowed);
    }
}
