package io.visionops.support;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Finds what was drawn at random among the words of an address: cameras and recorders give out
 * streams by such paths as {@code /live/3f9ac01b…}, and whoever knows the path sees the pictures.
 * Words that people have chosen stay readable; a token of letters alone that is shorter than {@link
 * #LONG} is not told from them.
 */
final class PathTokens {

    /** A token of fewer characters could be guessed. */
    private static final int LEAST = 16;

    /** No word of a path is as long without a separator. */
    private static final int LONG = 32;

    /** Letters of the shortest word that tells something. */
    private static final int WORD = 3;

    private static final Pattern UUID =
            Pattern.compile("(?i).*[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}.*");

    /** Where a token stands. */
    record Span(int start, int end) {}

    private PathTokens() {}

    /**
     * @param from behind the host
     */
    static List<Span> find(String text, int from, int to) {
        List<Span> found = new ArrayList<>();
        int start = from;
        while (start < to) {
            int end = start;
            while (end < to && isWord(text.charAt(end))) {
                end++;
            }
            if (end - start >= LEAST && isToken(text.substring(start, end))) {
                found.add(new Span(start, end));
            }
            start = end + 1;
        }
        return found;
    }

    private static boolean isToken(String word) {
        if (UUID.matcher(word).matches()) {
            return true;
        }
        // Tokens of base64 may hold separators too.
        if (word.length() >= LONG && isRandom(word, 0, word.length(), 3)) {
            return true;
        }
        int start = 0;
        for (int i = 0; i <= word.length(); i++) {
            if (i == word.length() || !isAlphanumeric(word.charAt(i))) {
                int length = i - start;
                if (length >= LONG || length >= LEAST && isRandom(word, start, i, 4)) {
                    return true;
                }
                start = i + 1;
            }
        }
        return false;
    }

    /**
     * Whether small letters, capitals and digits change often, at least once in {@code least}
     * characters: {@code h264PreviewMain} changes three times, since a capital that begins a word
     * does not count twice. Or whether there are all three and nothing as long as a word.
     */
    private static boolean isRandom(String word, int from, int to, int least) {
        int changes = 0;
        int length = 0;
        int same = 0;
        int longest = 0;
        Set<Character> kinds = new HashSet<>();
        char before = 0;
        for (int i = from; i < to; i++) {
            char c = word.charAt(i);
            if (!isAlphanumeric(c)) {
                continue;
            }
            char kind = kind(c);
            kinds.add(kind);
            length++;
            same = kind == before ? same + 1 : 1;
            longest = kind == '0' ? longest : Math.max(longest, same);
            if (before != 0 && before != kind && !(before == 'A' && kind == 'a')) {
                changes++;
            }
            before = kind;
        }
        return changes * least >= length || kinds.size() == 3 && longest < WORD;
    }

    private static char kind(char c) {
        return c <= '9' ? '0' : c <= 'Z' ? 'A' : 'a';
    }

    /** Separators of URLs and sentences end a word. */
    private static boolean isWord(char c) {
        return isAlphanumeric(c) || "_-.~+%".indexOf(c) >= 0;
    }

    private static boolean isAlphanumeric(char c) {
        return c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z';
    }
}
