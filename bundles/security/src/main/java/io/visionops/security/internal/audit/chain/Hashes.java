package io.visionops.security.internal.audit.chain;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;

/** SHA-256 of leaves and nodes of a Merkle tree, as RFC 6962 has it. For one thread at a time. */
public final class Hashes {

    /** Bytes of a hash. */
    public static final int LENGTH = 32;

    private static final byte LEAF = 0;
    private static final byte NODE = 1;

    private final MessageDigest digest;

    public Hashes() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }

    public byte[] leaf(byte[] data) {
        return leaf(data, 0, data.length);
    }

    public byte[] leaf(byte[] data, int from, int length) {
        digest.update(LEAF);
        digest.update(data, from, length);
        return digest.digest();
    }

    public byte[] node(byte[] left, byte[] right) {
        digest.update(NODE);
        digest.update(left);
        digest.update(right);
        return digest.digest();
    }

    public byte[] plain(byte[]... parts) {
        for (byte[] part : parts) {
            digest.update(part);
        }
        return digest.digest();
    }
}
