package io.visionops.ingest.internal.config;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Percent-encoding (RFC 3986), lenient: a percent sign that begins no code stands for itself. */
final class UrlText {

    private static final String UNRESERVED = "-._~";
    private static final String IN_LOGIN = UNRESERVED + "!$&'()*+,;=";
    private static final String IN_PATH = IN_LOGIN + ":@/?#[]";

    private UrlText() {}

    /**
     * User and password with a colon between them, of which the first ends the user. A user without
     * a password gets the colon: without it ffmpeg sends no login at all.
     */
    static String login(String written) {
        if (written.isEmpty()) {
            return "";
        }
        int colon = written.indexOf(':');
        String user = colon < 0 ? written : written.substring(0, colon);
        String password = colon < 0 ? "" : written.substring(colon + 1);
        return encoded(user, IN_LOGIN) + ":" + encoded(password, IN_LOGIN);
    }

    /**
     * Path, query and fragment without {@code .} and {@code ..}, which ffmpeg would resolve.
     *
     * @param fragment whether it is kept: some RTSP servers are sent it, no web server is
     */
    static String path(String written, boolean fragment) {
        int hash = written.indexOf('#');
        String kept = hash < 0 || fragment ? written : written.substring(0, hash);
        int end = 0;
        while (end < kept.length() && kept.charAt(end) != '?' && kept.charAt(end) != '#') {
            end++;
        }
        return encoded(withoutDots(kept.substring(0, end)) + kept.substring(end), IN_PATH);
    }

    /** RFC 3986, 5.2.4. */
    private static String withoutDots(String path) {
        List<String> kept = new ArrayList<>();
        String[] segments = path.split("/", -1);
        for (int i = 1; i < segments.length; i++) {
            boolean last = i == segments.length - 1;
            if (segments[i].equals("..") && !kept.isEmpty()) {
                kept.remove(kept.size() - 1);
            }
            if (!segments[i].equals(".") && !segments[i].equals("..")) {
                kept.add(segments[i]);
            } else if (last) {
                kept.add("");
            }
        }
        return kept.isEmpty() ? path : "/" + String.join("/", kept);
    }

    private static String encoded(String text, String plain) {
        StringBuilder all = new StringBuilder();
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < bytes.length; i++) {
            char one = (char) (bytes[i] & 0xff);
            boolean kept = isAlphanumeric(one) || plain.indexOf(one) >= 0 || isCode(bytes, i);
            all.append(kept ? String.valueOf(one) : "%" + hex(one));
        }
        return all.toString();
    }

    private static boolean isAlphanumeric(char one) {
        return one >= 'a' && one <= 'z' || one >= 'A' && one <= 'Z' || one >= '0' && one <= '9';
    }

    private static String hex(char one) {
        return "" + "0123456789ABCDEF".charAt(one >> 4) + "0123456789ABCDEF".charAt(one & 15);
    }

    private static boolean isCode(byte[] bytes, int at) {
        return bytes[at] == '%'
                && at + 2 < bytes.length
                && digit(bytes[at + 1]) >= 0
                && digit(bytes[at + 2]) >= 0;
    }

    /** ASCII only, unlike {@link Character#digit}. */
    private static int digit(byte one) {
        return one > 0 ? Character.digit((char) one, 16) : -1;
    }

    /** Read as UTF-8. */
    static String decoded(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int i = 0; i < bytes.length; i++) {
            if (isCode(bytes, i)) {
                all.write(digit(bytes[i + 1]) * 16 + digit(bytes[i + 2]));
                i += 2;
            } else {
                all.write(bytes[i]);
            }
        }
        return all.toString(StandardCharsets.UTF_8);
    }
}
