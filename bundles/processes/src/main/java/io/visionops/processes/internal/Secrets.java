package io.visionops.processes.internal;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes secrets out of a line: the given ones, and the user and password of any URL. Of a URL all
 * up to the last {@code @} goes, since passwords hold any character. Immutable.
 */
final class Secrets {

    private static final String MASK = "***";
    private static final String SCHEME_END = "://";
    private static final Pattern WORD = Pattern.compile("\\S+");
    private static final Pattern CUT_URL = Pattern.compile("://\\S*$");

    private final List<String> secrets;

    Secrets(Collection<String> secrets) {
        // The longest first: one may be part of another.
        this.secrets =
                secrets.stream()
                        .filter(secret -> !secret.isEmpty())
                        .sorted(Comparator.comparing(String::length).reversed())
                        .toList();
    }

    /**
     * @param cut whether the line goes on behind its end, so that half a secret may stand there
     */
    String mask(String line, boolean cut) {
        String masked = line;
        for (String secret : secrets) {
            masked = masked.replace(secret, MASK);
        }
        masked =
                WORD.matcher(masked)
                        .replaceAll(word -> Matcher.quoteReplacement(maskUrl(word.group())));
        if (cut) {
            masked = CUT_URL.matcher(maskBeginning(masked)).replaceFirst(SCHEME_END + MASK);
        }
        return masked;
    }

    /** By hand and not by pattern: a hostile line must not take time that grows with its square. */
    private static String maskUrl(String word) {
        int from = word.indexOf(SCHEME_END) + SCHEME_END.length();
        int to = word.lastIndexOf('@');
        return from < SCHEME_END.length() || to < from
                ? word
                : word.substring(0, from) + MASK + word.substring(to);
    }

    private String maskBeginning(String line) {
        for (String secret : secrets) {
            for (int length = secret.length() - 1; length > 0; length--) {
                if (line.endsWith(secret.substring(0, length))) {
                    return line.substring(0, line.length() - length) + MASK;
                }
            }
        }
        return line;
    }
}
