package io.visionops.login.internal.digest;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/**
 * A password as users.properties holds it: between two marks a digest of Argon2id or, from earlier
 * versions and of the admin of the first start until he logs in, of SHA-256; without marks as
 * somebody typed it.
 */
public record StoredPassword(String text) {

    private static final String MARK = "{CRYPT}";
    private static final int SHA256_DIGITS = 64;

    public static StoredPassword ofDigest(String digest) {
        return new StoredPassword(MARK + digest + MARK);
    }

    /** Is it this password? Only the time of {@link #isSlow slow} ones hides which it is. */
    public boolean matches(String password, Argon2id argon2id) {
        if (password.isEmpty()) {
            return false;
        }
        if (!isDigest()) {
            return same(text, password) || same(typed(), password);
        }
        String digest = digest();
        return isSlow()
                ? argon2id.matches(password, digest)
                : digest.length() == SHA256_DIGITS
                        && same(digest.toLowerCase(Locale.ROOT), sha256(password));
    }

    /** Is it kept as it should be, by Argon2id? */
    public boolean isSlow() {
        return isDigest() && digest().startsWith("$argon2id$");
    }

    /** As somebody typed it, in letters that every editor writes alike? */
    public boolean isTypedInAscii() {
        return !text.isEmpty() && !isDigest() && text.equals(typed());
    }

    private boolean isDigest() {
        return text.length() > 2 * MARK.length() && text.startsWith(MARK) && text.endsWith(MARK);
    }

    private String digest() {
        return text.substring(MARK.length(), text.length() - MARK.length());
    }

    /** Properties are read as Latin-1, and editors write UTF-8. */
    private String typed() {
        return new String(text.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    private static boolean same(String one, String other) {
        return MessageDigest.isEqual(
                one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    private static String sha256(String password) {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(password.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }

    /** Never the password itself. */
    @Override
    public String toString() {
        return "StoredPassword";
    }
}
