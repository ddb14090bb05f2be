package io.visionops.processes.internal;

import io.visionops.support.UrlSecrets;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Takes secrets out of a line: the given ones, and the user and password of any URL. Of a URL all
 * up to the last {@code @} goes, since passwords hold any character. Immutable.
 */
final class Secrets {

    private static final String MASK = "***";
    private static final String SCHEME_END = "://";

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
        masked = UrlSecrets.mask(masked);
        return cut ? maskCutUrl(maskBeginning(masked)) : masked;
    }

    /** An address that goes on behind the end may have its login there. */
    private static String maskCutUrl(String line) {
        int word = line.length();
        while (word > 0 && line.charAt(word - 1) > ' ') {
            word--;
        }
        int url = line.indexOf(SCHEME_END, word);
        return url < 0 ? line : line.substring(0, url) + SCHEME_END + MASK;
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
