package io.visionops.discovery.internal;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An address that a device names, taken apart and made harmless: all but the plain characters of an
 * address are percent-encoded, user and password are dropped.
 *
 * @param host as written, in lower case, IPv6 without brackets
 * @param port 0 where none is written
 * @param path begins with a slash
 */
record ServiceUrl(String scheme, String host, int port, String path) {

    private static final Pattern FORM =
            Pattern.compile("(?i)([a-z][a-z0-9+.-]*)://([^/?#]*)([/?#].*)?", Pattern.DOTALL);

    private static final Pattern AUTHORITY =
            Pattern.compile("(?:\\[([0-9a-fA-F:.%\\w]+)]|([a-zA-Z0-9._-]+))(?::(\\d{1,5}))?");

    /** Neither quotes nor $, which a shell or a configuration would take for their own. */
    private static final String PLAIN =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~:/?#[]@!&()*+,;=%";

    static final int LENGTH = 1000;

    /** Empty when it is no address. */
    static Optional<ServiceUrl> parse(String url) {
        String trimmed = url.strip();
        Matcher form = FORM.matcher(trimmed);
        if (trimmed.length() > LENGTH || !form.matches()) {
            return Optional.empty();
        }
        String authority = form.group(2).substring(form.group(2).lastIndexOf('@') + 1);
        Matcher parts = AUTHORITY.matcher(authority);
        if (!parts.matches()) {
            return Optional.empty();
        }
        int port = parts.group(3) == null ? 0 : Integer.parseInt(parts.group(3));
        if (port > 65535) {
            return Optional.empty();
        }
        String host = parts.group(1) == null ? parts.group(2) : parts.group(1);
        String path = form.group(3) == null ? "" : form.group(3);
        return Optional.of(
                new ServiceUrl(
                        form.group(1).toLowerCase(Locale.ROOT),
                        host.toLowerCase(Locale.ROOT),
                        port,
                        encoded(path.startsWith("/") ? path : "/" + path)));
    }

    /**
     * The same at another host. What a device says of itself may be an address of another network,
     * or that of a victim: only what it is known by is ever used.
     */
    ServiceUrl at(String other) {
        return new ServiceUrl(scheme, other, port, path);
    }

    ServiceUrl onPort(int other) {
        return new ServiceUrl(scheme, host, other, path);
    }

    boolean isSecure() {
        return scheme.equals("https");
    }

    /** Whether it can be asked. */
    boolean isWeb() {
        return scheme.equals("http") || isSecure();
    }

    String url() {
        return scheme + "://" + authority() + path;
    }

    String authority() {
        String bracketed = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        return port == 0 ? bracketed : bracketed + ":" + port;
    }

    private static String encoded(String path) {
        StringBuilder safe = new StringBuilder();
        for (byte one : path.getBytes(java.nio.charset.StandardCharsets.UTF_8)) {
            char c = (char) (one & 0xff);
            if (PLAIN.indexOf(c) >= 0) {
                safe.append(c);
            } else {
                safe.append(String.format(Locale.ROOT, "%%%02X", (int) c));
            }
        }
        return safe.toString();
    }
}
