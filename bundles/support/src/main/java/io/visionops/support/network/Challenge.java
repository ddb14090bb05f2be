package io.visionops.support.network;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One challenge of a login (RFC 9110, 11.6.1), as a device writes it: a scheme and parameters. Read
 * in one pass and by hand: a pattern's stack and time would grow with what is sent.
 *
 * @param scheme in lower case
 * @param parameters by name in lower case, the last of two of a name
 */
record Challenge(String scheme, Map<String, String> parameters) {

    /** Cameras send less than 300 characters; ffmpeg itself keeps no realm of more than 200. */
    static final int LENGTH = 4096;

    static final int VALUE = 1024;

    /** Empty when it is longer than any device has reason for. */
    static Optional<Challenge> parse(String header) {
        if (header.length() > LENGTH) {
            return Optional.empty();
        }
        Scanner scanner = new Scanner(header);
        String scheme = scanner.name().toLowerCase(Locale.ROOT);
        Map<String, String> parameters = new TreeMap<>();
        while (scanner.skipTo()) {
            String name = scanner.name();
            if (name.isEmpty()) {
                scanner.skip();
            } else if (scanner.equalsSign()) {
                String value = scanner.value();
                if (value.length() > VALUE) {
                    return Optional.empty();
                }
                parameters.put(name.toLowerCase(Locale.ROOT), value);
            }
        }
        return Optional.of(new Challenge(scheme, parameters));
    }

    /** The value of a parameter, or empty. */
    String get(String name) {
        return parameters.getOrDefault(name, "");
    }

    /** Only ever goes forward. */
    private static final class Scanner {

        private final String text;
        private int at;

        private Scanner(String text) {
            this.text = text;
        }

        private boolean isAt(char wanted) {
            return at < text.length() && text.charAt(at) == wanted;
        }

        private boolean isAtSpace() {
            return isAt(' ') || isAt('\t');
        }

        /** To the next parameter; false at the end. */
        private boolean skipTo() {
            while (isAtSpace() || isAt(',')) {
                at++;
            }
            return at < text.length();
        }

        private void skip() {
            at++;
        }

        private String name() {
            int start = at;
            while (at < text.length() && isLetter(text.charAt(at))) {
                at++;
            }
            return text.substring(start, at);
        }

        private static boolean isLetter(char c) {
            return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '-';
        }

        /** Steps over it if it is there. */
        private boolean equalsSign() {
            while (isAtSpace()) {
                at++;
            }
            boolean there = isAt('=');
            if (there) {
                at++;
            }
            while (there && isAtSpace()) {
                at++;
            }
            return there;
        }

        private String value() {
            return isAt('"') ? quoted() : plain();
        }

        private String plain() {
            int start = at;
            while (at < text.length() && !isAtSpace() && !isAt(',')) {
                at++;
            }
            return text.substring(start, at);
        }

        /** Up to the closing quote, or to the end where there is none. */
        private String quoted() {
            StringBuilder value = new StringBuilder();
            at++;
            while (at < text.length() && !isAt('"')) {
                if (isAt('\\') && at + 1 < text.length()) {
                    at++;
                }
                value.append(text.charAt(at++));
            }
            at++;
            return value.toString();
        }
    }
}
