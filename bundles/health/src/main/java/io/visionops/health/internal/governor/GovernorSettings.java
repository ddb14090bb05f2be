package io.visionops.health.internal.governor;

import io.visionops.support.DurationText;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * When the governor acts.
 *
 * @param holdDown how long an input must ask for less before the level falls by one
 * @param holdPause how long the heat must last before all cameras are paused
 * @param holdUp how long all must be well before the level rises by one
 */
record GovernorSettings(
        boolean enabled,
        Map<GovernorInput, Threshold> thresholds,
        Duration holdDown,
        Duration holdPause,
        Duration holdUp) {

    private static final String PREFIX = "governor.";
    private static final Pattern NUMBER = Pattern.compile("\\d{1,4}(\\.\\d{1,2})?");
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofHours(1);

    GovernorSettings {
        thresholds = Map.copyOf(thresholds);
    }

    /** Those of a configuration in which nothing is set. */
    static GovernorSettings defaults() {
        return read(texts(Method::getDefaultValue));
    }

    /**
     * @throws IllegalArgumentException with one line for the admin
     */
    static GovernorSettings of(GovernorConfig config) {
        return read(texts(key -> value(key, config)));
    }

    private static Map<String, String> texts(Function<Method, @Nullable Object> values) {
        Map<String, String> texts = new HashMap<>();
        for (Method key : GovernorConfig.class.getDeclaredMethods()) {
            texts.put(key.getName().replace('_', '.'), String.valueOf(values.apply(key)).strip());
        }
        return texts;
    }

    private static Object value(Method key, GovernorConfig config) {
        try {
            return key.invoke(config);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(key.getName() + " cannot be read", e);
        }
    }

    /**
     * @param values text by key; each key has to be there
     * @throws IllegalArgumentException with one line for the admin
     */
    static GovernorSettings read(Map<String, String> values) {
        Map<GovernorInput, Threshold> thresholds = new EnumMap<>(GovernorInput.class);
        thresholds.put(
                GovernorInput.TEMPERATURE,
                threshold(
                        "temperature",
                        ".pause",
                        GovernorLevel.MOTION,
                        GovernorLevel.PAUSED,
                        values));
        thresholds.put(
                GovernorInput.MEMORY,
                threshold(
                        "memory",
                        ".critical",
                        GovernorLevel.FEWER_FRAMES,
                        GovernorLevel.MOTION,
                        values));
        thresholds.put(GovernorInput.CPU, threshold("cpu", GovernorLevel.MOTION, values));
        // Beyond that the queue drops no more than the governor would leave out.
        thresholds.put(GovernorInput.QUEUE, threshold("queue", GovernorLevel.FEWER_FRAMES, values));
        return new GovernorSettings(
                enabled(values),
                thresholds,
                duration("hold.down", values),
                duration("hold.pause", values),
                duration("hold.up", values));
    }

    private static Threshold threshold(
            String input, GovernorLevel lowest, Map<String, String> values) {
        double release = number(input + ".release", values);
        double throttle = number(input + ".throttle", values);
        if (release >= throttle) {
            throw refused(input + ".release", values, "less than " + PREFIX + input + ".throttle");
        }
        return new Threshold(release, throttle, OptionalDouble.empty(), lowest, lowest);
    }

    private static Threshold threshold(
            String input,
            String criticalKey,
            GovernorLevel lowest,
            GovernorLevel criticalTo,
            Map<String, String> values) {
        Threshold first = threshold(input, lowest, values);
        double critical = number(input + criticalKey, values);
        if (critical < first.throttle()) {
            throw refused(
                    input + criticalKey, values, "no less than " + PREFIX + input + ".throttle");
        }
        return new Threshold(
                first.release(), first.throttle(), OptionalDouble.of(critical), lowest, criticalTo);
    }

    private static boolean enabled(Map<String, String> values) {
        return switch (text("enabled", values)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw refused("enabled", values, "true or false");
        };
    }

    private static double number(String key, Map<String, String> values) {
        String text = text(key, values);
        if (!NUMBER.matcher(text).matches()) {
            throw refused(key, values, "a number such as 80 or 72.5");
        }
        return Double.parseDouble(text);
    }

    private static Duration duration(String key, Map<String, String> values) {
        return DurationText.parse(text(key, values))
                .filter(one -> one.compareTo(SHORTEST) >= 0 && one.compareTo(LONGEST) <= 0)
                .orElseThrow(() -> refused(key, values, "from 1s to 1h, " + DurationText.ALLOWED));
    }

    private static String text(String key, Map<String, String> values) {
        return values.getOrDefault(PREFIX + key, "");
    }

    private static IllegalArgumentException refused(
            String key, Map<String, String> values, String allowed) {
        return new IllegalArgumentException(
                PREFIX + key + " = " + text(key, values) + " is refused: must be " + allowed);
    }
}
