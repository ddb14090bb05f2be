package io.visionops.ingest.internal.config;

import io.visionops.support.UrlSecrets;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where pictures come from, taken apart and written in one way: our own client and ffmpeg are given
 * the same, since they read unusual addresses differently (ADR 58).
 *
 * @param url of the network as ffmpeg is given it: scheme and host in small letters, a login with
 *     its colon, what is no plain ASCII percent-encoded; of files and devices as written
 * @param login {@code user:password}, both percent-encoded; empty where there is none
 * @param host without brackets, an IPv6 zone after a percent sign; empty for files and devices
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

        /** As it is written. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
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

    /**
     * @param key the configuration key, for the message
     * @throws Refused when it is no address that can be used
     */
    public static Address parse(String key, String url) throws InvalidSetting {
        if (url.chars().anyMatch(Character::isISOControl)) {
            throw InvalidSetting.value(key, url, "must not hold control characters");
        }
        Matcher parts = SCHEME.matcher(url);
        if (!parts.matches()) {
            throw InvalidSetting.value(key, url, ALLOWED);
        }
        Scheme scheme = scheme(key, url, parts.group(1).toLowerCase(Locale.ROOT));
        String rest = parts.group(2);
        return switch (scheme) {
            case FILE -> file(key, url, rest);
            case V4L2 -> device(key, url, rest);
            default -> network(key, url, scheme, rest);
        };
    }

    private static Scheme scheme(String key, String url, String written) throws InvalidSetting {
        for (Scheme known : Scheme.values()) {
            if (known.word().equals(written)) {
                return known;
            }
        }
        throw InvalidSetting.value(key, url, "unknown kind of address; " + ALLOWED);
    }

    private static Address file(String key, String url, String rest) throws InvalidSetting {
        String path = rest.startsWith("//") ? rest.substring(2) : rest;
        if (!path.startsWith("/") || path.length() < 2) {
            throw InvalidSetting.value(
                    key, url, "must be an absolute path, for example file:/srv/a.mp4");
        }
        return new Address(url, Scheme.FILE, "", "", 0, existing(path));
    }

    /** Spaces and the like may be written as they are or as in a URL. */
    private static String existing(String path) {
        try {
            if (path.indexOf('%') < 0 || Files.exists(Path.of(path))) {
                return path;
            }
            return UrlText.decoded(path);
        } catch (InvalidPathException e) {
            return path;
        }
    }

    private static Address device(String key, String url, String rest) throws InvalidSetting {
        String path = rest.startsWith("//") ? rest.substring(2) : rest;
        if (!path.matches("/dev/[a-zA-Z0-9/._-]+")) {
            throw InvalidSetting.value(
                    key, url, "must name a device, for example v4l2:/dev/video0");
        }
        return new Address(url, Scheme.V4L2, "", "", 0, path);
    }

    private static Address network(String key, String url, Scheme scheme, String rest)
            throws InvalidSetting {
        if (!rest.startsWith("//")) {
            throw InvalidSetting.value(key, url, ALLOWED);
        }
        if (url.chars().anyMatch(c -> c == ' ')) {
            throw InvalidSetting.value(key, url, "must not hold spaces; write %20");
        }
        Authority at = Authority.of(key, url, rest.substring(2));
        String path = UrlText.path(at.rest(), scheme.isRtsp());
        String login = UrlText.login(at.login());
        String canonical =
                scheme.word()
                        + "://"
                        + (login.isEmpty() ? "" : login + "@")
                        + at.host(scheme.port)
                        + path;
        return new Address(
                canonical, scheme, login, at.name(), at.port().orElse(scheme.port), path);
    }

    /** What is asked for at the camera: of RTSP the whole address without the login. */
    public String target() {
        if (scheme.isRtsp()) {
            return scheme.word() + "://" + bracketed(host) + ":" + port + path;
        }
        return path.startsWith("/") ? path : "/" + path;
    }

    /** Host, and port unless it is the scheme's own. */
    public String authority() {
        return bracketed(host) + (port == scheme.port ? "" : ":" + port);
    }

    /** The same for the header {@code Host}: the zone means something on this computer alone. */
    public String hostHeader() {
        int zone = host.indexOf('%');
        String name = zone < 0 ? host : host.substring(0, zone);
        return bracketed(name) + (port == scheme.port ? "" : ":" + port);
    }

    private static String bracketed(String host) {
        return host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    }

    /** Decoded; empty where there is none. */
    public String user() {
        int colon = login.indexOf(':');
        return UrlText.decoded(colon < 0 ? login : login.substring(0, colon));
    }

    /** Decoded; empty where there is none. */
    public String password() {
        return UrlText.decoded(login.substring(login.indexOf(':') + 1));
    }

    /** The path in the file system of a file or a device. */
    public Optional<Path> local() {
        return scheme.isNetwork() ? Optional.empty() : Optional.of(Path.of(path));
    }

    /** The same without user and password; tokens stay. */
    public Address withoutLogin() {
        return login.isEmpty()
                ? this
                : new Address(url.replace("//" + login + "@", "//"), scheme, "", host, port, path);
    }

    /** The address without user, password and tokens. */
    public String masked() {
        if (login.isEmpty()) {
            // What looks like a path may be a password with a slash in it.
            return path.indexOf('@') >= 0 ? mask(url) : UrlSecrets.maskPaths(url);
        }
        return UrlSecrets.maskPaths(url.replace("//" + login + "@", "//***@"));
    }

    /**
     * Tells what is reached by this from what is reached by others, and gives no secret away: the
     * masked address, and a digest of the tokens in its path, since recorders give each camera one.
     * A new password changes nothing.
     */
    public String identity() {
        List<String> tokens = scheme.isNetwork() ? UrlSecrets.tokensOf(path) : List.of();
        return tokens.isEmpty() ? masked() : masked() + " " + digest(String.join("/", tokens));
    }

    private static String digest(String text) {
        try {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
            return HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Any text with the credentials of the addresses in it replaced by {@code ***}. */
    public static String mask(String text) {
        return UrlSecrets.mask(text);
    }

    /** What must not be printed, in all the forms in which a program may print it. */
    public Set<String> secrets() {
        Set<String> found = new LinkedHashSet<>();
        if (!login.isEmpty()) {
            add(found, login);
            // A token is often written in the place of the user.
            add(found, password().isEmpty() ? user() : login.substring(login.indexOf(':') + 1));
        }
        UrlSecrets.ofPath(path).forEach(one -> add(found, one));
        return Set.copyOf(found);
    }

    private static void add(Set<String> found, String secret) {
        if (!secret.isEmpty()) {
            found.add(secret);
            found.add(UrlText.decoded(secret));
        }
    }

    @Override
    public String toString() {
        return masked();
    }
}
