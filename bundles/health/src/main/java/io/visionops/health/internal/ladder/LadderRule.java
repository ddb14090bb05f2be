package io.visionops.health.internal.ladder;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is tried, from below, while a check is critical and nothing else explains it.
 *
 * @param check its name; {@code *} stands for one word, which {@code $1} in a target stands for
 */
record LadderRule(String check, List<Rung> rungs) {

    LadderRule {
        rungs = List.copyOf(rungs);
    }

    static LadderRule of(String check, Rung... rungs) {
        return new LadderRule(check, List.of(rungs));
    }

    /** The rungs for this check; empty when the rule is for others. */
    Optional<List<Rung>> rungs(String name) {
        Matcher match =
                Pattern.compile(check.replace(".", "[.]").replace("*", "([a-z-]+)")).matcher(name);
        if (!match.matches()) {
            return Optional.empty();
        }
        String word = match.groupCount() > 0 ? match.group(1) : "";
        return Optional.of(
                rungs.stream()
                        .map(
                                rung ->
                                        new Rung(
                                                rung.action(),
                                                rung.target().replace("$1", word),
                                                rung.anHour()))
                        .toList());
    }
}
