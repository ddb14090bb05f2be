package io.visionops.health.internal.round;

import io.visionops.api.health.HealthStatus;
import java.time.Duration;
import java.util.Set;

/**
 * What one check said, or what is said in its place.
 *
 * @param part that it is about
 * @param tags such as {@code live} and {@code ready}
 * @param remedy what to do where it is not well; empty when the part does not say
 * @param took how long it ran
 */
public record CheckResult(
        String name,
        String part,
        Set<String> tags,
        HealthStatus status,
        String cause,
        String remedy,
        Duration took) {

    /** Of checks that say whether the program should be restarted. */
    public static final String LIVE = "live";

    /** Of checks that say whether it does its job. */
    public static final String READY = "ready";

    public CheckResult {
        tags = Set.copyOf(tags);
    }

    public boolean isWell() {
        return status == HealthStatus.OK;
    }

    public CheckResult with(HealthStatus other, String otherCause, String otherRemedy) {
        return new CheckResult(name, part, tags, other, otherCause, otherRemedy, took);
    }

    /** The part in {@code visionops.PART.SUBJECT}; empty when the name has another form. */
    public static String partOf(String name) {
        String[] words = name.split("\\.", -1);
        return words.length >= 3 && words[0].equals("visionops") ? words[1] : "";
    }
}
