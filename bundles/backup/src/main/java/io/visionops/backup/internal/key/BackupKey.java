package io.visionops.backup.internal.key;

import io.visionops.api.backup.BackupException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** The 32 secret bytes. Says nothing of them but what {@link #id} tells. */
public final class BackupKey {

    public static final int BYTES = 32;

    private static final int ID_BYTES = 6;
    private static final String HMAC = "HmacSHA256";
    private static final byte[] PURPOSE =
            "visionops backup file 1".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ID_PURPOSE =
            "visionops backup key id".getBytes(StandardCharsets.US_ASCII);

    private final byte[] secret;

    private BackupKey(byte[] secret) {
        this.secret = secret;
    }

    public static BackupKey random(SecureRandom random) {
        byte[] secret = new byte[BYTES];
        random.nextBytes(secret);
        return new BackupKey(secret);
    }

    /**
     * @param bytes a copy is kept
     */
    public static BackupKey of(byte[] bytes) throws BackupException {
        if (bytes.length != BYTES) {
            throw new BackupException("a backup key has 32 bytes, not " + bytes.length);
        }
        return new BackupKey(bytes.clone());
    }

    /** Tells keys apart without telling them; stands in the plain part of each backup. */
    public String id() {
        return HexFormat.of().formatHex(hmac(secret, ID_PURPOSE), 0, ID_BYTES);
    }

    /** The key of one file: HKDF with SHA-256 (RFC 5869), one block. */
    public SecretKey ofFile(byte[] salt) {
        byte[] extracted = hmac(salt, secret);
        byte[] info = Arrays.copyOf(PURPOSE, PURPOSE.length + 1);
        info[PURPOSE.length] = 1;
        return new SecretKeySpec(hmac(extracted, info), "AES");
    }

    /** For a person to keep elsewhere. */
    public String recoveryText() {
        return RecoveryText.of(secret);
    }

    /** A key as a person has it. */
    public static BackupKey ofRecoveryText(String text) throws BackupException {
        return new BackupKey(RecoveryText.read(text));
    }

    private static byte[] hmac(byte[] key, byte[] message) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key, HMAC));
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BackupKey key && MessageDigest.isEqual(secret, key.secret);
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
