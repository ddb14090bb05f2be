package io.visionops.backup.internal.diagnostics;

import io.visionops.support.SecretKeys;
import io.visionops.support.log.SecretMask;
import java.util.regex.Pattern;

/** Files of {@code etc} as they may be shown. */
final class MaskedConfiguration {

    /** What else is there belongs to people or holds keys; a new kind of file is not shown. */
    private static final Pattern SHOWN =
            Pattern.compile("[A-Za-z0-9._~-]+\\.cfg|(config|system|startup|jre)\\.properties");

    private MaskedConfiguration() {}

    static boolean isShown(String name) {
        return SHOWN.matcher(name).matches();
    }

    static String of(String text) {
        StringBuilder masked = new StringBuilder(text.length());
        // A value may go on in the next line, and a secret with it.
        text.replaceAll("\\\\\\r?\\n[ \\t]*+", "")
                .lines()
                .map(MaskedConfiguration::line)
                .forEach(line -> masked.append(line).append('\n'));
        return masked.toString();
    }

    private static String line(String line) {
        int equals = line.indexOf('=');
        if (equals < 0) {
            return address(line);
        }
        String key = line.substring(0, equals);
        String value = line.substring(equals + 1);
        boolean named = value.strip().startsWith("$[secret:");
        if (SecretKeys.isSecretOrHeader(key) && !named && !value.isBlank()) {
            return key + "= " + SecretMask.MASK;
        }
        return key + "=" + address(value);
    }

    /** More than is masked elsewhere: a password may hold spaces, and a query any parameter. */
    private static String address(String value) {
        int scheme = value.indexOf("://");
        if (scheme < 0) {
            return SecretMask.mask(value);
        }
        String masked = value;
        int at = masked.lastIndexOf('@');
        if (at > scheme) {
            masked = masked.substring(0, scheme + 3) + SecretMask.MASK + masked.substring(at);
        }
        return SecretMask.mask(masked.replaceAll("(\\?)[^,]++", "$1" + SecretMask.MASK));
    }
}
