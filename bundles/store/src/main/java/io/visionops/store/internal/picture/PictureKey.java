package io.visionops.store.internal.picture;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.UUID;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A key that pictures are encrypted with: AES-256-GCM with a nonce of its own for each picture, 96
 * random bits, of which NIST SP 800-38D allows 2^32 under one key. A picture belongs to its event:
 * under the name of another it does not open.
 */
final class PictureKey {

    private static final byte[] MAGIC = "VOP1".getBytes(StandardCharsets.US_ASCII);
    private static final int ID_BYTES = 8;
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BYTES = 16;
    private static final int HEAD_BYTES = MAGIC.length + ID_BYTES + NONCE_BYTES;

    private final byte[] id;
    private final byte[] secret;

    private PictureKey(byte[] id, byte[] secret) {
        this.id = id;
        this.secret = secret;
    }

    static PictureKey random(SecureRandom random) {
        byte[] id = new byte[ID_BYTES];
        byte[] secret = new byte[KEY_BYTES];
        random.nextBytes(id);
        random.nextBytes(secret);
        return new PictureKey(id, secret);
    }

    /**
     * The key of that id.
     *
     * @param id as {@link #id()} writes it
     * @param text as {@link #text()} writes it
     * @throws IllegalArgumentException when either is none
     */
    static PictureKey of(String id, String text) {
        byte[] name = HexFormat.of().parseHex(id);
        byte[] secret = HexFormat.of().parseHex(text);
        if (name.length != ID_BYTES || secret.length != KEY_BYTES) {
            throw new IllegalArgumentException("no key of pictures");
        }
        return new PictureKey(name, secret);
    }

    /** Tells keys apart: 16 hexadecimal digits, which say nothing of the key. */
    String id() {
        return HexFormat.of().formatHex(id);
    }

    /** The key itself: 64 hexadecimal digits. */
    String text() {
        return HexFormat.of().formatHex(secret);
    }

    /** Is this the beginning of an encrypted picture? */
    static boolean isSealed(byte[] stored) {
        return stored.length >= HEAD_BYTES + TAG_BYTES
                && Arrays.equals(stored, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
    }

    /** The id of the key that an encrypted picture names. */
    static String idIn(byte[] sealed) {
        return HexFormat.of().formatHex(sealed, MAGIC.length, MAGIC.length + ID_BYTES);
    }

    byte[] seal(UUID event, byte[] jpeg, SecureRandom random) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        ByteBuffer sealed = ByteBuffer.allocate(HEAD_BYTES + jpeg.length + TAG_BYTES);
        sealed.put(MAGIC).put(id).put(nonce);
        try {
            cipher(Cipher.ENCRYPT_MODE, nonce, event).doFinal(ByteBuffer.wrap(jpeg), sealed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        return sealed.array();
    }

    /**
     * @throws AEADBadTagException when it is damaged or belongs to another event
     */
    byte[] open(UUID event, byte[] sealed) throws AEADBadTagException {
        byte[] nonce = Arrays.copyOfRange(sealed, MAGIC.length + ID_BYTES, HEAD_BYTES);
        try {
            return cipher(Cipher.DECRYPT_MODE, nonce, event)
                    .doFinal(sealed, HEAD_BYTES, sealed.length - HEAD_BYTES);
        } catch (AEADBadTagException e) {
            throw e;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private Cipher cipher(int mode, byte[] nonce, UUID event) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(
                mode,
                new SecretKeySpec(secret, "AES"),
                new GCMParameterSpec(TAG_BYTES * Byte.SIZE, nonce));
        cipher.updateAAD(("visionops picture 1: " + event).getBytes(StandardCharsets.US_ASCII));
        return cipher;
    }
}
