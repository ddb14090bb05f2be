package io.visionops.health.internal.ladder;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is tried, from below, while a check is critical and nothing else explains it.
 *
 * @param check its name; {@code *} stands for one word, which {@code $1} in a target stands for
 * @param verify how long after a repair the check can say whether it helped
 */
record LadderRule(String check, Duration verify, List<Rung> rungs) {

    /** For checks that say at once how it is. */
    static final Duration VERIFY = Duration.ofSeconds(75);

    LadderRule {
        rungs = List.copyOf(rungs);
    }

    static LadderRule of(String check, Rung... rungs) {
        return new LadderRule(check, VERIFY, List.of(rungs));
    }

    /** The same for a check that has to observe first. */
    LadderRule observing(Duration time) {
        return new LadderRule(check, time, rungs);
    }

    /** The rule for this very check; empty when it is for others. */
    Optional<LadderRule> of(String name) {
        Matcher match =
                Pattern.compile(check.replace(".", "[.]").replace("*", "([a-z-]+)")).matcher(name);
        if (!match.matches()) {
            return Optional.empty();
        }
        String word = match.groupCount() > 0 ? match.group(1) : "";
        return Optional.of(
                new LadderRule(
                        name,
                        verify,
                        rungs.stream()
                                .map(
                                        rung ->
                                                new Rung(
                                                        rung.action(),
                                                        rung.target().replace("$1", word),
                                                        rung.anHour(),
                                                        rung.aDay()))
                                .toList()));
    }
}
