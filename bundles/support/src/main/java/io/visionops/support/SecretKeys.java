package io.visionops.support;

import java.util.Locale;
import java.util.regex.Pattern;

/** Which keys of a configuration or a document have secrets for values, by their names. */
public final class SecretKeys {

    private static final Pattern SECRET =
            Pattern.compile(
                    "passw(or)?d|passphrase|\\bpwd\\b|secret|token|credential|(api|private).?key");

    private static final Pattern HEADER = Pattern.compile("authorization|cookie");

    /** Of the file that a secret is in nothing is secret but what it holds. */
    private static final Pattern FILE = Pattern.compile("(file|path|folder)$");

    private SecretKeys() {}

    /** Of a configuration. */
    public static boolean isSecret(String key) {
        String name = key.toLowerCase(Locale.ROOT);
        return SECRET.matcher(name).find() && !FILE.matcher(name).find();
    }

    /** Of what may hold headers of requests as well. */
    public static boolean isSecretOrHeader(String key) {
        String name = key.strip().toLowerCase(Locale.ROOT);
        return isSecret(name) || HEADER.matcher(name).find() && !FILE.matcher(name).find();
    }
}
