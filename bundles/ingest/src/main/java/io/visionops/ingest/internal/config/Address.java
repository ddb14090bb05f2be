package io.visionops.ingest.internal.config;

import io.visionops.support.UrlSecrets;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where pictures come from, taken apart.
 *
 * @param login user and password as written, empty where there is none
 * @param host without brackets; empty for files and devices
 * @param port the one in use, the scheme's own where none is written; 0 for files and devices
 * @param path what follows the host; of files and devices the path in the file system
 */
public record Address(String url, Scheme scheme, String login, String host, int port, String path) {

    /** What a source may be. */
    public enum Scheme {
        RTSP(554),
        RTSPS(322),
        HTTP(80),
        HTTPS(443),
        FILE(0),
        V4L2(0);

        private final int port;

        Scheme(int port) {
            this.port = port;
        }

        public boolean isNetwork() {
            return port != 0;
        }

        public boolean isRtsp() {
            return this == RTSP || this == RTSPS;
        }

        public boolean isHttp() {
            return this == HTTP || this == HTTPS;
        }
    }

    private static final String ALLOWED =
            "must be rtsp://HOST/..., rtsps://, http://, https://, file:/PATH or v4l2:/dev/videoN";

    private static final Pattern SCHEME = Pattern.compile("([a-zA-Z][a-zA-Z0-9+.-]*):(.*)");
    private static final Pattern HOST = Pattern.compile("[a-zA-Z0-9._-]+");
    private static final Pattern HOST_V6 = Pattern.compile("[0-9a-fA-F:.]+(?:%\\w+)?");

    /**
     * @param key the configuration key, for the message
     * @throws Refused when it is no address that can be used
     */
    public static Address parse(String key, String url) throws Refused {
        if (url.chars().anyMatch(Character::isISOControl)) {
            throw Refused.value(key, url, "must not hold control characters");
        }
        Matcher parts = SCHEME.matcher(url);
        if (!parts.matches()) {
            throw Refused.value(key, url, ALLOWED);
        }
        Scheme scheme = scheme(key, url, parts.group(1).toLowerCase(Locale.ROOT));
        String rest = parts.group(2);
        return switch (scheme) {
            case FILE -> file(key, url, rest);
            case V4L2 -> device(key, url, rest);
            default -> network(key, url, scheme, rest);
        };
    }

    private static Scheme scheme(String key, String url, String written) throws Refused {
        for (Scheme known : Scheme.values()) {
            if (known.name().toLowerCase(Locale.ROOT).equals(written)) {
                return known;
            }
        }
        throw Refused.value(key, url, "unknown kind of address; " + ALLOWED);
    }

    private static Address file(String key, String url, String rest) throws Refused {
        String path = rest.startsWith("//") ? rest.substring(2) : rest;
        if (!path.startsWith("/") || path.length() < 2) {
            throw Refused.value(key, url, "must be an absolute path, for example file:/srv/a.mp4");
        }
        return new Address(url, Scheme.FILE, "", "", 0, existing(path));
    }

    /** Spaces and the like may be written as they are or as in a URL. */
    private static String existing(String path) {
        try {
            if (path.indexOf('%') < 0 || Files.exists(Path.of(path))) {
                return path;
            }
            return decoded(path);
        } catch (InvalidPathException e) {
            return path;
        }
    }

    private static Address device(String key, String url, String rest) throws Refused {
        String path = rest.startsWith("//") ? rest.substring(2) : rest;
        if (!path.matches("/dev/[a-zA-Z0-9/._-]+")) {
            throw Refused.value(key, url, "must name a device, for example v4l2:/dev/video0");
        }
        return new Address(url, Scheme.V4L2, "", "", 0, path);
    }

    private static Address network(String key, String url, Scheme scheme, String rest)
            throws Refused {
        if (!rest.startsWith("//")) {
            throw Refused.value(key, url, ALLOWED);
        }
        if (url.chars().anyMatch(c -> c == ' ')) {
            throw Refused.value(key, url, "must not hold spaces; write %20");
        }
        String after = rest.substring(2);
        int end = indexOfAny(after, "/?#");
        String authority = after.substring(0, end);
        String path = after.substring(end);
        int at = authority.lastIndexOf('@');
        if (at < 0 && path.indexOf('@') >= 0 && authority.indexOf(':') >= 0) {
            String port = authority.substring(authority.lastIndexOf(':') + 1);
            if (!port.matches("\\d{1,5}")) {
                throw Refused.value(
                        key, url, "a / ? or # in the password must be written %2F, %3F or %23");
            }
        }
        String login = at < 0 ? "" : authority.substring(0, at);
        String hostAndPort = authority.substring(at + 1);
        Matcher named =
                Pattern.compile("(?:\\[([^\\]]*)\\]|([^:]*))(?::(.*))?").matcher(hostAndPort);
        if (!named.matches()) {
            throw Refused.value(key, url, "must name a host; an IPv6 address needs [ ]");
        }
        String host = named.group(1) != null ? named.group(1) : named.group(2);
        if (host.isEmpty()) {
            throw Refused.value(key, url, "must name a host");
        }
        boolean v6 = named.group(1) != null;
        if (!(v6 ? HOST_V6 : HOST).matcher(host).matches()) {
            throw Refused.value(key, url, "the host may hold a-z A-Z 0-9 . - _ only");
        }
        return new Address(url, scheme, login, host, port(key, url, scheme, named.group(3)), path);
    }

    private static int port(String key, String url, Scheme scheme, @Nullable String written)
            throws Refused {
        if (written == null) {
            return scheme.port;
        }
        if (!written.matches("\\d{1,5}")) {
            throw Refused.value(key, url, "the port must be 1..65535");
        }
        int port = Integer.parseInt(written);
        if (port < 1 || port > 65535) {
            throw Refused.value(key, url, "the port must be 1..65535");
        }
        return port;
    }

    private static int indexOfAny(String text, String stops) {
        for (int i = 0; i < text.length(); i++) {
            if (stops.indexOf(text.charAt(i)) >= 0) {
                return i;
            }
        }
        return text.length();
    }

    /** The path in the file system of a file or a device. */
    public Optional<Path> local() {
        return scheme.isNetwork() ? Optional.empty() : Optional.of(Path.of(path));
    }

    /** The address without user, password and tokens. */
    public String masked() {
        String known = login.isEmpty() ? url : url.replace("//" + login + "@", "//***@");
        return UrlSecrets.maskParameters(known);
    }

    /** Any text with the credentials of the addresses in it replaced by {@code ***}. */
    public static String mask(String text) {
        return UrlSecrets.mask(text);
    }

    /**
     * A whole value that is meant as an address but may be none: all before the last @ is hidden,
     * whatever it looks like.
     */
    static String maskValue(String value) {
        int at = value.lastIndexOf('@');
        int slashes = value.indexOf("://");
        String withoutLogin = value;
        if (at >= 0) {
            String start = slashes >= 0 && slashes < at ? value.substring(0, slashes + 3) : "";
            withoutLogin = start + "***" + value.substring(at);
        }
        return UrlSecrets.maskParameters(withoutLogin);
    }

    /** What must not be printed, in all the forms in which a program may print it. */
    public Set<String> secrets() {
        Set<String> found = new LinkedHashSet<>();
        if (!login.isEmpty()) {
            add(found, login);
            int colon = login.indexOf(':');
            if (colon >= 0) {
                add(found, login.substring(colon + 1));
            }
        }
        UrlSecrets.parameters(path).forEach(one -> add(found, one));
        return Set.copyOf(found);
    }

    private static void add(Set<String> found, String secret) {
        if (!secret.isEmpty()) {
            found.add(secret);
            found.add(decoded(secret));
        }
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    @Override
    public String toString() {
        return masked();
    }
}
