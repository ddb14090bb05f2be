package io.visionops.testkit.rtsp;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A user that a camera asks for.
 *
 * @param digest by digest (RFC 2069), otherwise Basic
 */
public record Login(String user, String password, boolean digest) {

    private static final String NONCE = "b7c21f9ae04d4e53";
    private static final Pattern PARAMETER = Pattern.compile("(\\w+)=\"([^\"]*)\"");

    /** What is answered to who gave none, or a wrong one. */
    String challenge() {
        return digest
                ? "Digest realm=\"hostile\", nonce=\"" + NONCE + "\""
                : "Basic realm=\"hostile\"";
    }

    boolean accepts(Request request) {
        String given = request.header("authorization");
        if (!digest) {
            byte[] plain = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
            return given.equals("Basic " + Base64.getEncoder().encodeToString(plain));
        }
        Map<String, String> parameters = new HashMap<>();
        Matcher matcher = PARAMETER.matcher(given);
        while (matcher.find()) {
            parameters.put(matcher.group(1), matcher.group(2));
        }
        String who = md5(user + ":hostile:" + password);
        String what = md5(request.method() + ":" + parameters.getOrDefault("uri", ""));
        return md5(who + ":" + NONCE + ":" + what).equals(parameters.get("response"));
    }

    private static String md5(String text) {
        try {
            byte[] sum =
                    MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
            return String.format(Locale.ROOT, "%032x", new BigInteger(1, sum));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return "Login[" + user + "]";
    }
}
