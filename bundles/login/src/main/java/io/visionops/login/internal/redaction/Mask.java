package io.visionops.login.internal.redaction;

import io.visionops.support.SecretKeys;
import io.visionops.support.UrlSecrets;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Replaces secrets in the values of a configuration, and puts them back when it is saved. */
final class Mask {

    static final String TEXT = "***";

    private Mask() {}

    static Object of(String key, Object value) {
        if (value instanceof String text) {
            return text(key, text);
        }
        if (value instanceof String[] texts) {
            return Arrays.stream(texts).map(text -> text(key, text)).toArray(String[]::new);
        }
        return value;
    }

    static Dictionary<String, Object> of(Dictionary<String, ?> properties) {
        Dictionary<String, Object> masked = new Hashtable<>();
        for (String key : Collections.list(properties.keys())) {
            masked.put(key, of(key, properties.get(key)));
        }
        return masked;
    }

    /**
     * The value that somebody saves, who was shown {@code real} as a mask.
     *
     * @throws IOException when it holds a mask and is not what was shown: what stands behind the
     *     mask would be lost
     */
    static Object lifted(String key, Object saved, @Nullable Object real) throws IOException {
        if (real != null && Objects.deepEquals(saved, of(key, real))) {
            return real;
        }
        boolean holdsMask =
                saved instanceof String text && text.contains(TEXT)
                        || saved instanceof String[] texts
                                && Arrays.stream(texts).anyMatch(text -> text.contains(TEXT));
        if (holdsMask) {
            throw new IOException(
                    key
                            + ": "
                            + TEXT
                            + " stands for a secret that is not shown: write the whole value");
        }
        return saved;
    }

    private static String text(String key, String text) {
        boolean secret = SecretKeys.isSecret(key);
        // What names a secret is none itself.
        boolean named = text.startsWith("$[secret:") && text.endsWith("]");
        return secret && !named && !text.isEmpty() ? TEXT : UrlSecrets.mask(text);
    }
}
