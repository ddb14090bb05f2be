package io.visionops.security.internal.key;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.visionops.api.secret.SecretException;
import io.visionops.support.json.HandoverJson;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * A master key that is encrypted under a passphrase, as it stands in its file.
 *
 * @param masterKey id of the key
 * @param kdf how the key that encrypts it is derived from the passphrase
 * @param salt of the derivation, base64
 * @param iterations of the derivation
 * @param nonce base64
 * @param text base64, the tag at its end
 */
record LockedKey(
        int format,
        String masterKey,
        String kdf,
        String salt,
        int iterations,
        String nonce,
        String text) {

    /** What OWASP asks for this derivation (Password Storage Cheat Sheet, 2023). */
    static final int ITERATIONS = 600_000;

    private static final int FORMAT = 1;
    private static final String KDF = "PBKDF2-HMAC-SHA256";

    /** The same in the JDK. */
    private static final String ALGORITHM = "PBKDF2WithHmacSHA256";

    private static final int SALT_BYTES = 16;

    /** A damaged figure must not keep a processor busy for hours. */
    private static final int MOST_ITERATIONS = 10_000_000;

    private static final ObjectMapper JSON =
            HandoverJson.mapper().enable(SerializationFeature.INDENT_OUTPUT);

    static LockedKey lock(AesKey key, String passphrase, int iterations, SecureRandom random) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        String written = Base64.getEncoder().encodeToString(salt);
        Sealed sealed =
                derive(passphrase, salt, iterations)
                        .wrap(key, about(key.id(), KDF, written, iterations), random);
        return new LockedKey(
                FORMAT, key.id(), KDF, written, iterations, sealed.nonce(), sealed.text());
    }

    /**
     * @throws SecretException when it is damaged, or of a later version of the program
     */
    static LockedKey read(Path file, byte[] bytes) throws SecretException {
        LockedKey read;
        try {
            read = JSON.readValue(bytes, LockedKey.class);
        } catch (IOException e) {
            throw damaged(file);
        }
        if (read == null) {
            throw damaged(file);
        }
        if (read.format > FORMAT || read.kdf != null && !read.kdf.equals(KDF)) {
            throw new SecretException(
                    file
                            + " is of a later version of the program: install the version that"
                            + " wrote it");
        }
        if (read.format != FORMAT || !read.isWhole()) {
            throw damaged(file);
        }
        return read;
    }

    @SuppressWarnings("ConstantValue") // JSON may lack what Java promises.
    private boolean isWhole() {
        return masterKey != null
                && kdf != null
                && iterations > 0
                && iterations <= MOST_ITERATIONS
                && bytes(salt).filter(one -> one.length == SALT_BYTES).isPresent()
                && bytes(nonce).isPresent()
                && bytes(text).isPresent();
    }

    private static Optional<byte[]> bytes(@Nullable String base64) {
        try {
            return Optional.ofNullable(base64).map(Base64.getDecoder()::decode);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static SecretException damaged(Path file) {
        return new SecretException(
                "the master key " + file + " is damaged: put it back from a backup");
    }

    /**
     * @throws WrongPassphraseException also when what is encrypted is damaged, which looks the same
     */
    AesKey open(String passphrase) throws WrongPassphraseException {
        try {
            AesKey key =
                    derive(passphrase, Base64.getDecoder().decode(salt), iterations)
                            .unwrap(
                                    new Sealed(nonce, text),
                                    about(masterKey, kdf, salt, iterations));
            if (key.id().equals(masterKey)) {
                return key;
            }
        } catch (AEADBadTagException e) {
            // Told below.
        }
        throw new WrongPassphraseException();
    }

    byte[] bytes() {
        try {
            return JSON.writeValueAsBytes(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static AesKey derive(String passphrase, byte[] salt, int iterations) {
        // Keyboards write the same letter with accents as one character or as two.
        char[] typed = Normalizer.normalize(passphrase, Normalizer.Form.NFC).toCharArray();
        PBEKeySpec spec = new PBEKeySpec(typed, salt, iterations, AesKey.BYTES * Byte.SIZE);
        try {
            byte[] derived =
                    SecretKeyFactory.getInstance(ALGORITHM).generateSecret(spec).getEncoded();
            try {
                return AesKey.of(derived);
            } finally {
                Arrays.fill(derived, (byte) 0);
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } finally {
            spec.clearPassword();
            Arrays.fill(typed, '\0');
        }
    }

    /** So that nothing of it can be changed. */
    private static String about(String masterKey, String kdf, String salt, int iterations) {
        return "visionops master key 1: "
                + masterKey
                + "\n"
                + kdf
                + "\n"
                + salt
                + "\n"
                + iterations;
    }
}
