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

    /** By which cameras take the login in the path or the query; a name may end with one. */
    private static final List<String> PARAMETERS =
            List.of(
                    "password",
                    "passwd",
                    "passwort",
                    "pass",
                    "loginpas",
                    "pwd",
                    "token",
                    "auth",
                    "apikey",
                    "api_key",
                    "secret");

    /** These mean something else in other text, and a secret in the query of an address. */
    private static final List<String> QUERY_PARAMETERS =
            List.of("key", "sig", "signature", "pw", "psw", "jwt", "session", "sid", "ticket");

    /** What is shorter than this in one of the latter is not looked for elsewhere. */
    private static final int LEAST = 6;

    /** Schemes of what lies on this machine: a path is no secret there. */
    private static final List<String> LOCAL = List.of("file", "v4l2");

    /** Where a value stands. */
    private record Span(int start, int end, boolean query) {}

    private UrlSecrets() {}

    /** The text with the logins, the parameters and the tokens of its addresses replaced. */
    public static String mask(String text) {
        return maskPaths(maskLogins(text));
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
            int end = wordEnd(text, at);
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

    /**
     * A whole value that is meant as an address but may be none: all before the last {@code @} is
     * replaced, whatever it looks like.
     */
    public static String maskValue(String value) {
        int at = value.lastIndexOf('@');
        int scheme = value.indexOf(SCHEME_END);
        String withoutLogin = value;
        if (at >= 0) {
            String start =
                    scheme >= 0 && scheme < at
                            ? value.substring(0, scheme + SCHEME_END.length())
                            : "";
            withoutLogin = start + MASK + value.substring(at);
        }
        return maskPaths(withoutLogin);
    }

    /**
     * The text with the values of such parameters as {@code password=}, and the tokens in the paths
     * of its addresses, replaced; logins stay.
     */
    public static String maskPaths(String text) {
        return maskTokens(maskParameters(text));
    }

    private static String maskParameters(String text) {
        StringBuilder masked = new StringBuilder(text.length());
        int at = 0;
        for (Span value : parameterSpans(text)) {
            masked.append(text, at, value.start()).append(MASK);
            at = value.end();
        }
        return masked.append(text, at, text.length()).toString();
    }

    private static String maskTokens(String text) {
        StringBuilder masked = new StringBuilder(text.length());
        int at = 0;
        int scheme = text.indexOf(SCHEME_END);
        while (scheme >= 0) {
            int end = wordEnd(text, scheme);
            int path = isLocal(text, scheme) ? end : hostEnd(text, scheme + SCHEME_END.length());
            for (PathTokens.Span token : PathTokens.find(text, path, end)) {
                masked.append(text, at, token.start()).append(MASK);
                at = token.end();
            }
            scheme = text.indexOf(SCHEME_END, end);
        }
        return masked.append(text, at, text.length()).toString();
    }

    /**
     * These values of the path and the query of an address, and the tokens in its path.
     *
     * @param path what follows the host
     */
    public static List<String> ofPath(String path) {
        List<String> found = new ArrayList<>();
        for (Span one : parameterSpans(path)) {
            if (!one.query() || one.end() - one.start() >= LEAST) {
                found.add(path.substring(one.start(), one.end()));
            }
        }
        found.addAll(tokensOf(path));
        return found;
    }

    /** The tokens alone, which often tell one camera of a recorder from another. */
    public static List<String> tokensOf(String path) {
        return PathTokens.find(path, 0, path.length()).stream()
                .map(one -> path.substring(one.start(), one.end()))
                .toList();
    }

    private static boolean isLocal(String text, int schemeEnd) {
        return LOCAL.stream()
                .anyMatch(
                        name ->
                                text.regionMatches(
                                        true, schemeEnd - name.length(), name, 0, name.length()));
    }

    private static int hostEnd(String text, int from) {
        int end = from;
        while (end < text.length()
                && !isSpace(text.charAt(end))
                && "/?#".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        return end;
    }

    private static int wordEnd(String text, int from) {
        int end = from;
        while (end < text.length() && !isSpace(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static List<Span> parameterSpans(String text) {
        List<Span> found = new ArrayList<>();
        int from = 0;
        for (int equals = text.indexOf('='); equals >= 0; equals = text.indexOf('=', from)) {
            int end = equals + 1;
            boolean named = endsWithOneOf(PARAMETERS, text, from, equals);
            boolean query = !named && isOfQuery(text, from, equals);
            if (named || query) {
                end = valueEnd(text, equals + 1);
                if (end > equals + 1) {
                    found.add(new Span(equals + 1, end, query));
                }
            }
            from = end;
        }
        return found;
    }

    /** Whether a name of these follows a question mark or an ampersand. */
    private static boolean isOfQuery(String text, int from, int equals) {
        if (!endsWithOneOf(QUERY_PARAMETERS, text, from, equals)) {
            return false;
        }
        int start = equals;
        while (start > from
                && (isWord(text.charAt(start - 1)) || isJoint(text.charAt(start - 1)))) {
            start--;
        }
        return start > 0 && "?&;".indexOf(text.charAt(start - 1)) >= 0;
    }

    private static boolean endsWithOneOf(List<String> names, String text, int from, int equals) {
        for (String name : names) {
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

    private static boolean isJoint(char c) {
        return c == '_' || c == '-' || c == '.';
    }

    private static boolean isWord(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c >= '\t' && c <= '\r';
    }
}
