package io.visionops.support.network;

import io.visionops.api.discovery.Search.Login;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Answers a challenge of HTTP Digest (RFC 7616), with MD5 or SHA-256. HTTP Basic is not answered:
 * whoever says that he is a camera would get the password.
 */
public record DigestLogin(
        String realm, String nonce, String opaque, String algorithm, boolean qop) {

    /** The strongest challenge that can be answered. */
    public static Optional<DigestLogin> of(List<String> challenges) {
        return challenges.stream()
                .flatMap(challenge -> parse(challenge).stream())
                .max((a, b) -> Boolean.compare(a.isSha(), b.isSha()));
    }

    private boolean isSha() {
        return algorithm.equalsIgnoreCase("SHA-256");
    }

    private static Optional<DigestLogin> parse(String header) {
        return Challenge.parse(header)
                .filter(one -> one.scheme().equals("digest"))
                .flatMap(DigestLogin::of);
    }

    private static Optional<DigestLogin> of(Challenge challenge) {
        String algorithm = challenge.get("algorithm");
        String qop = challenge.get("qop");
        boolean auth = List.of(qop.toLowerCase(Locale.ROOT).split("[,\\s]+")).contains("auth");
        boolean known = List.of("", "MD5", "SHA-256").contains(algorithm.toUpperCase(Locale.ROOT));
        return known && (auth || qop.isEmpty())
                ? Optional.of(
                        new DigestLogin(
                                challenge.get("realm"),
                                challenge.get("nonce"),
                                challenge.get("opaque"),
                                algorithm,
                                auth))
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
        StringBuilder quoted = new StringBuilder("\"");
        for (char c : value.toCharArray()) {
            if (c == '"' || c == '\\') {
                quoted.append('\\');
            }
            if (c != '\r' && c != '\n') {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
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
