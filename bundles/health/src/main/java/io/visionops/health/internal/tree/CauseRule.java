package io.visionops.health.internal.tree;

import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A check whose fault explains those of others.
 *
 * @param cause name of a check; {@code *} stands for one word of it
 * @param effect names of the others; {@code $1} is what the first {@code *} of the cause stood for
 */
record CauseRule(String cause, String effect) {

    private static final String WORD = "[^.]+";

    /** The checks that this one explains; empty when it is none of the causes. */
    Optional<Predicate<String>> effectsOf(String check) {
        Matcher named = pattern(cause, "(" + WORD + ")").matcher(check);
        if (!named.matches()) {
            return Optional.empty();
        }
        String word = named.groupCount() > 0 ? named.group(1) : "";
        Pattern effects = pattern(effect.replace("$1", word), WORD);
        return Optional.of(name -> effects.matcher(name).matches());
    }

    private static Pattern pattern(String text, String word) {
        return Pattern.compile(text.replace(".", "\\.").replace("*", word));
    }
}
