package io.visionops.ingest.internal.wire;

import io.visionops.api.discovery.Search.Login;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Answers a challenge of HTTP Digest (RFC 7616), with MD5 or SHA-256. HTTP Basic is not answered:
 * whoever says that he is a camera would get the password.
 */
public record DigestLogin(
        String realm, String nonce, String opaque, String algorithm, boolean qop) {

    private static final Pattern PARAMETER =
            Pattern.compile("([a-zA-Z-]+)\\s*=\\s*(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^,\\s]+))");

    /** The strongest challenge that can be answered. */
    public static Optional<DigestLogin> of(List<String> challenges) {
        return challenges.stream()
                .flatMap(challenge -> parse(challenge).stream())
                .max((a, b) -> Boolean.compare(a.isSha(), b.isSha()));
    }

    private boolean isSha() {
        return algorithm.equalsIgnoreCase("SHA-256");
    }

    private static Optional<DigestLogin> parse(String challenge) {
        if (!challenge.toLowerCase(Locale.ROOT).startsWith("digest ")) {
            return Optional.empty();
        }
        String realm = "";
        String nonce = "";
        String opaque = "";
        String algorithm = "";
        String qop = "";
        Matcher parameters = PARAMETER.matcher(challenge.substring(7));
        while (parameters.find()) {
            String value =
                    parameters.group(2) == null
                            ? parameters.group(3)
                            : parameters.group(2).replaceAll("\\\\(.)", "$1");
            switch (parameters.group(1).toLowerCase(Locale.ROOT)) {
                case "realm" -> realm = value;
                case "nonce" -> nonce = value;
                case "opaque" -> opaque = value;
                case "algorithm" -> algorithm = value;
                case "qop" -> qop = value;
                default -> {
                    // Nothing that an answer needs.
                }
            }
        }
        boolean auth = List.of(qop.toLowerCase(Locale.ROOT).split("[,\\s]+")).contains("auth");
        boolean known = algorithm.isEmpty() || algorithm.matches("(?i)MD5|SHA-256");
        return known && (auth || qop.isEmpty())
                ? Optional.of(new DigestLogin(realm, nonce, opaque, algorithm, auth))
                : Optional.empty();
    }

    /** The header line. */
    public String answer(Login login, String method, String path, String clientNonce) {
        String secret = hash(login.user() + ":" + realm + ":" + login.password());
        String request = hash(method + ":" + path);
        String response =
                qop
                        ? hash(
                                secret
                                        + ":"
                                        + nonce
                                        + ":00000001:"
                                        + clientNonce
                                        + ":auth:"
                                        + request)
                        : hash(secret + ":" + nonce + ":" + request);
        StringBuilder line = new StringBuilder("Authorization: Digest ");
        line.append("username=").append(quoted(login.user()));
        line.append(", realm=").append(quoted(realm));
        line.append(", nonce=").append(quoted(nonce));
        line.append(", uri=").append(quoted(path));
        line.append(", response=\"").append(response).append('"');
        if (!algorithm.isEmpty()) {
            line.append(", algorithm=").append(algorithm);
        }
        if (!opaque.isEmpty()) {
            line.append(", opaque=").append(quoted(opaque));
        }
        if (qop) {
            line.append(", qop=auth, nc=00000001, cnonce=\"").append(clientNonce).append('"');
        }
        return line.toString();
    }

    private static String quoted(String value) {
        return '"' + value.replaceAll("([\"\\\\])", "\\\\$1").replaceAll("[\\r\\n]", "") + '"';
    }

    private String hash(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance(isSha() ? "SHA-256" : "MD5");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has MD5 and SHA-256", e);
        }
    }
}
