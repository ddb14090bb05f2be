package io.visionops.support.log;

import io.visionops.support.UrlSecrets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Masks what looks like a secret in text of any origin: addresses as {@link UrlSecrets} does,
 * headers of HTTP and RTSP that carry a login, values whose name says that they are secret, digests
 * of passwords and private keys. A second line of defence: it does not know the secrets, so whoever
 * logs masks what it knows. Its patterns never go back, so that a line that is made for it costs no
 * more than another one.
 */
public final class SecretMask {

    public static final String MASK = "***";

    private static final String NAMES =
            "passwords?|passwd|passphrase|pwd|secret|tokens?|api[_-]?key|private[_-]?key|recovery[_-]?key"
                    + "|j?session[_-]?id|credentials?";

    private static final String HEADERS =
            "(?:proxy-)?authorization|(?:set-)?cookie|x-api-key|x-csrf-token|www-authenticate";

    /** The rest of the line is the login. */
    private static final Pattern HEADER =
            Pattern.compile("(?i)\\b(" + HEADERS + ")(\\s*+[:=]\\s*+)[^\\r\\n]++");

    /** {@code "password": "value"}, and {@code password='value'}. */
    private static final Pattern QUOTED =
            Pattern.compile(
                    "(?i)((?:"
                            + HEADERS
                            + "|"
                            + NAMES
                            + ")[\"']?+\\s*+[:=]\\s*+)"
                            + "(?:\"(?:[^\"\\\\\\r\\n]|\\\\.)*+\"|'(?:[^'\\\\\\r\\n]|\\\\.)*+')");

    private static final Pattern NAMED =
            Pattern.compile("(?i)((?:" + NAMES + ")\\s*+[:=]\\s*+)(?![\"'])[^\\s,;&\"')\\]}]++");

    /** A word after a scheme of HTTP's login that no person would write there. */
    private static final Pattern SCHEME =
            Pattern.compile(
                    "\\b((?i:basic|bearer)\\s++)(?=[a-z]*+[A-Z0-9+/=._-])[A-Za-z0-9+/=._~-]{8,}+");

    private static final Pattern DIGEST =
            Pattern.compile("\\$(?:argon2(?:id|i|d)|2[aby]|5|6)\\$[A-Za-z0-9+/=.,$-]++");

    private static final Pattern PRIVATE_KEY =
            Pattern.compile(
                    "(-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----)[^-]*+(?:-----END [A-Z ]{0,40}-----)?+");

    private SecretMask() {}

    /** The text with what looks like a secret replaced by {@link #MASK}. */
    public static String mask(String text) {
        String masked = UrlSecrets.mask(text);
        if (masked.indexOf(':') >= 0 || masked.indexOf('=') >= 0) {
            masked = QUOTED.matcher(masked).replaceAll("$1\"" + MASK + '"');
            masked = HEADER.matcher(masked).replaceAll("$1$2" + MASK);
            masked = NAMED.matcher(masked).replaceAll("$1" + MASK);
        }
        masked = SCHEME.matcher(masked).replaceAll("$1" + MASK);
        if (masked.indexOf('$') >= 0) {
            masked = DIGEST.matcher(masked).replaceAll(Matcher.quoteReplacement(MASK));
        }
        return masked.contains("-----BEGIN")
                ? PRIVATE_KEY.matcher(masked).replaceAll("$1" + MASK)
                : masked;
    }
}
