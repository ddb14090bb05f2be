package io.visionops.support;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds user, password and tokens in text that may hold addresses. In one pass and by hand: such
 * text comes from devices too, and the time of a pattern grows with the square of a line that is
 * made for it.
 */
public final class UrlSecrets {

    private static final String MASK = "***";
    private static final String SCHEME_END = "://";

    /** By which cameras take the login in the path or the query. */
    private static final List<String> PARAMETERS =
            List.of(
                    "password",
                    "passwd",
                    "pass",
                    "pwd",
                    "token",
                    "auth",
                    "apikey",
                    "api_key",
                    "secret");

    /** Where a value stands. */
    private record Span(int start, int end) {}

    private UrlSecrets() {}

    /** The text with the logins and the parameters of its addresses replaced. */
    public static String mask(String text) {
        return maskParameters(maskLogins(text));
    }

    /**
     * Of each word that holds an address, all between the scheme and the last {@code @} is
     * replaced: a password may hold any character, and not all are escaped as they should.
     */
    public static String maskLogins(String text) {
        if (!text.contains(SCHEME_END)) {
            return text;
        }
        StringBuilder masked = new StringBuilder(text.length());
        int at = 0;
        while (at < text.length()) {
            int end = at;
            while (end < text.length() && !isSpace(text.charAt(end))) {
                end++;
            }
            masked.append(maskLogin(text.substring(at, end)));
            if (end < text.length()) {
                masked.append(text.charAt(end));
            }
            at = end + 1;
        }
        return masked.toString();
    }

    private static String maskLogin(String word) {
        int from = word.indexOf(SCHEME_END) + SCHEME_END.length();
        int to = word.lastIndexOf('@');
        return from < SCHEME_END.length() || to < from
                ? word
                : word.substring(0, from) + MASK + word.substring(to);
    }

    /** The text with the values of such parameters as {@code password=} replaced. */
    public static String maskParameters(String text) {
        StringBuilder masked = new StringBuilder(text.length());
        int at = 0;
        for (Span value : spans(text)) {
            masked.append(text, at, value.start()).append(MASK);
            at = value.end();
        }
        return masked.append(text, at, text.length()).toString();
    }

    /** These values. */
    public static List<String> parameters(String text) {
        return spans(text).stream().map(one -> text.substring(one.start(), one.end())).toList();
    }

    private static List<Span> spans(String text) {
        List<Span> found = new ArrayList<>();
        int from = 0;
        for (int equals = text.indexOf('='); equals >= 0; equals = text.indexOf('=', from)) {
            int end = equals + 1;
            if (isNamed(text, from, equals)) {
                end = valueEnd(text, equals + 1);
                if (end > equals + 1) {
                    found.add(new Span(equals + 1, end));
                }
            }
            from = end;
        }
        return found;
    }

    private static boolean isNamed(String text, int from, int equals) {
        for (String name : PARAMETERS) {
            int start = equals - name.length();
            if (start >= from && text.regionMatches(true, start, name, 0, name.length())) {
                return true;
            }
        }
        return false;
    }

    /**
     * At a separator, or before another parameter that follows an underscore as in {@code
     * user=admin_password=x_channel=1}. A password may hold underscores of its own.
     */
    private static int valueEnd(String text, int start) {
        int underscore = -1;
        for (int i = start; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isSpace(c) || "&/?#".indexOf(c) >= 0) {
                return i;
            }
            if (c == '=' && underscore > start && underscore < i - 1) {
                return underscore;
            }
            if (c == '_') {
                underscore = i;
            } else if (!isWord(c)) {
                underscore = -1;
            }
        }
        return text.length();
    }

    private static boolean isWord(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c >= '\t' && c <= '\r';
    }
}
