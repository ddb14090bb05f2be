package io.visionops.backup.internal.format;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * AES-256-GCM in chunks of 64 KiB. The nonce is the number of the chunk and whether it is the last:
 * a chunk fits only in its place, and a file that ends early does not end with a last one. The key
 * is of one file, so no nonce is used twice. Not thread-safe.
 */
final class ChunkCipher {

    /** Larger ones are slower by far: the library then encrypts outside of its fast loop. */
    static final int CHUNK = 65_536;

    static final int TAG = 16;

    private static final int NONCE = 12;

    private final SecretKey key;
    private final byte[] header;
    private final Cipher cipher;

    /**
     * @param header what every chunk is bound to
     */
    ChunkCipher(SecretKey key, byte[] header) {
        this.key = key;
        this.header = header.clone();
        try {
            cipher = Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    byte[] encrypt(long number, boolean last, byte[] chunk, int length)
            throws GeneralSecurityException {
        return run(Cipher.ENCRYPT_MODE, number, last, chunk, length);
    }

    /**
     * @throws GeneralSecurityException when it is not the chunk of that number
     */
    byte[] decrypt(long number, boolean last, byte[] chunk, int length)
            throws GeneralSecurityException {
        return run(Cipher.DECRYPT_MODE, number, last, chunk, length);
    }

    private byte[] run(int mode, long number, boolean last, byte[] chunk, int length)
            throws GeneralSecurityException {
        byte[] nonce = ByteBuffer.allocate(NONCE).putLong(number).putInt(last ? 1 : 0).array();
        cipher.init(mode, key, new GCMParameterSpec(TAG * 8, nonce));
        cipher.updateAAD(header);
        return cipher.doFinal(chunk, 0, length);
    }
}
