package io.visionops.api.camera;

import java.util.Locale;

/** In which way a camera asks for user and password; what gives more away is further down. */
public enum LoginScheme {
    /** It does not ask. */
    NONE("no login"),
    /** The password is proven, not told. */
    DIGEST_SHA_256("Digest with SHA-256"),
    /** The password is proven, not told; a weak one can be guessed from the proof. */
    DIGEST_MD5("Digest with MD5"),
    /** Whoever asks is told the password. */
    BASIC("Basic, the password in clear");

    private final String words;

    LoginScheme(String words) {
        this.words = words;
    }

    /** The scheme as a key, such as {@code digest-md5}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The scheme in plain words, for a person. */
    public String words() {
        return words;
    }
}
