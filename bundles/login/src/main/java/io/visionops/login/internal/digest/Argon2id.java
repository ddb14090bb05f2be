package io.visionops.login.internal.digest;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Argon2id (RFC 9106), written as {@code $argon2id$v=19$m=19456;t=2;p=1$SALT$HASH}. The usual form
 * has commas between the parameters, where users.properties would be split. Each call takes 19 MiB
 * and 26 to 40 ms, so callers see to it that few run at a time. Thread-safe.
 */
public final class Argon2id {

    // OWASP Password Storage Cheat Sheet, Argon2id: 19 MiB, two passes, one lane.
    private static final int MEMORY_KIB = 19_456;
    private static final int PASSES = 2;
    private static final int LANES = 1;
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;

    /** Whoever can write users.properties may not take all memory with one line of it. */
    private static final int MOST_MEMORY_KIB = 65_536;

    private static final int MOST_PASSES = 10;

    private static final Pattern FORM =
            Pattern.compile(
                    "\\$argon2id\\$v=19\\$m=(\\d{1,6});t=(\\d{1,2});p=(\\d)"
                            + "\\$([A-Za-z0-9+/]{16,64})\\$([A-Za-z0-9+/]{32,96})");

    private static final Base64.Encoder TEXT = Base64.getEncoder().withoutPadding();

    private final SecureRandom random = new SecureRandom();

    /** A digest with a salt of its own. */
    public String digest(String password) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        byte[] hash = hash(password, salt, MEMORY_KIB, PASSES, LANES, HASH_BYTES);
        return "$argon2id$v=19$m="
                + MEMORY_KIB
                + ";t="
                + PASSES
                + ";p="
                + LANES
                + "$"
                + TEXT.encodeToString(salt)
                + "$"
                + TEXT.encodeToString(hash);
    }

    /** Takes as long as {@link #digest}; false for a digest that is damaged. */
    public boolean matches(String password, String digest) {
        Matcher form = FORM.matcher(digest);
        if (!form.matches()) {
            digest(password);
            return false;
        }
        int memory = Integer.parseInt(form.group(1));
        int passes = Integer.parseInt(form.group(2));
        int lanes = Integer.parseInt(form.group(3));
        boolean allowed =
                lanes > 0
                        && memory >= 8 * lanes
                        && memory <= MOST_MEMORY_KIB
                        && passes > 0
                        && passes <= MOST_PASSES;
        byte[] salt;
        byte[] kept;
        try {
            salt = Base64.getDecoder().decode(form.group(4));
            kept = Base64.getDecoder().decode(form.group(5));
        } catch (IllegalArgumentException damaged) {
            return false;
        }
        return allowed
                && MessageDigest.isEqual(
                        kept, hash(password, salt, memory, passes, lanes, kept.length));
    }

    private static byte[] hash(
            String password, byte[] salt, int memoryKib, int passes, int lanes, int length) {
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(
                new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                        .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                        .withMemoryAsKB(memoryKib)
                        .withIterations(passes)
                        .withParallelism(lanes)
                        .withSalt(salt)
                        .build());
        byte[] hash = new byte[length];
        generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), hash);
        return hash;
    }
}
