package io.visionops.store.internal.read;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a person types, as an expression of the full-text index: every word must occur, the last may
 * be the beginning of one. Nothing typed has a meaning of its own.
 */
final class SearchText {

    /** Longer input is not a search but an accident. */
    private static final int WORDS = 32;

    private static final Pattern GAP = Pattern.compile("[\\s\\p{Cntrl}]+");

    private SearchText() {}

    /** The expression; empty when there is nothing to search for. */
    static Optional<String> expression(String typed) {
        List<String> words = new ArrayList<>();
        for (String word : GAP.split(typed, -1)) {
            // The index holds letters and digits alone; a word without any would match nothing.
            if (word.codePoints().anyMatch(Character::isLetterOrDigit) && words.size() < WORDS) {
                words.add('"' + word.replace("\"", "\"\"") + '"');
            }
        }
        return words.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", words) + "*");
    }
}
