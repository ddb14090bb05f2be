package io.visionops.security.internal.key;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * 32 secret bytes, with which AES-256-GCM encrypts: master keys and data keys. Says nothing of them
 * but what {@link #id} tells. Thread-safe.
 */
public final class AesKey {

    public static final int BYTES = 32;

    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int ID_BYTES = 8;
    private static final String HMAC = "HmacSHA256";
    private static final byte[] ID_PURPOSE =
            "visionops secrets key id".getBytes(StandardCharsets.US_ASCII);

    private final byte[] secret;

    private AesKey(byte[] secret) {
        this.secret = secret;
    }

    public static AesKey random(SecureRandom random) {
        byte[] secret = new byte[BYTES];
        random.nextBytes(secret);
        return new AesKey(secret);
    }

    /**
     * @param bytes a copy is kept
     * @throws IllegalArgumentException when there are not 32
     */
    public static AesKey of(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("a key has 32 bytes, not " + bytes.length);
        }
        return new AesKey(bytes.clone());
    }

    /** As it stands in a file: 64 hexadecimal digits. */
    String text() {
        return HexFormat.of().formatHex(secret);
    }

    /** Tells keys apart without telling them. */
    public String id() {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(secret, HMAC));
            return HexFormat.of().formatHex(mac.doFinal(ID_PURPOSE), 0, ID_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Encrypts with a nonce of its own.
     *
     * @param about what the bytes are; it is not encrypted, and decides whether {@link #open}
     *     accepts them
     */
    public Sealed seal(byte[] plain, String about, SecureRandom random) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            Base64.Encoder text = Base64.getEncoder();
            return new Sealed(
                    text.encodeToString(nonce),
                    text.encodeToString(run(Cipher.ENCRYPT_MODE, nonce, plain, about)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * @throws AEADBadTagException when they are damaged, are something else, or the key is another
     */
    public byte[] open(Sealed sealed, String about) throws AEADBadTagException {
        try {
            byte[] nonce = Base64.getDecoder().decode(sealed.nonce());
            byte[] text = Base64.getDecoder().decode(sealed.text());
            if (nonce.length != NONCE_BYTES) {
                throw new AEADBadTagException("a nonce of " + nonce.length + " bytes");
            }
            return run(Cipher.DECRYPT_MODE, nonce, text, about);
        } catch (IllegalArgumentException e) {
            throw new AEADBadTagException("no base64");
        } catch (AEADBadTagException e) {
            throw e;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private byte[] run(int mode, byte[] nonce, byte[] text, String about)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, new SecretKeySpec(secret, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(about.getBytes(StandardCharsets.UTF_8));
        return cipher.doFinal(text);
    }

    /** Encrypts a key. */
    public Sealed wrap(AesKey key, String about, SecureRandom random) {
        return seal(key.secret, about, random);
    }

    /**
     * @throws AEADBadTagException as {@link #open} does
     */
    public AesKey unwrap(Sealed sealed, String about) throws AEADBadTagException {
        byte[] bytes = open(sealed, about);
        try {
            return of(bytes);
        } catch (IllegalArgumentException e) {
            throw new AEADBadTagException("no key");
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AesKey key && MessageDigest.isEqual(secret, key.secret);
    }

    @Override
    public int hashCode() {
        return id().hashCode();
    }

    @Override
    public String toString() {
        return "key " + id();
    }
}
