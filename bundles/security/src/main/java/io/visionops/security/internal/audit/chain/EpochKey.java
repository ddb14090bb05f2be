package io.visionops.security.internal.audit.chain;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key of one epoch. The next one follows from it and not the other way round: who takes the key
 * of today cannot make a tag of yesterday. For one thread at a time.
 */
public final class EpochKey {

    private static final byte[] EVOLVE = "evolve".getBytes(StandardCharsets.US_ASCII);
    private static final String MAC = "HmacSHA256";

    private final long epoch;
    private final byte[] key;
    private final Mac mac;

    public EpochKey(long epoch, byte[] key) {
        this.epoch = epoch;
        this.key = key.clone();
        try {
            mac = Mac.getInstance(MAC);
            mac.init(new SecretKeySpec(this.key, MAC));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no " + MAC, e);
        }
    }

    /** The first one of a log. */
    static EpochKey first(SecureRandom random) {
        byte[] key = new byte[Hashes.LENGTH];
        random.nextBytes(key);
        return new EpochKey(0, key);
    }

    public long epoch() {
        return epoch;
    }

    byte[] bytes() {
        return key.clone();
    }

    public EpochKey next(Hashes hashes) {
        return new EpochKey(epoch + 1, hashes.plain(EVOLVE, key));
    }

    public EpochKey at(long later, Hashes hashes) {
        byte[] bytes = key.clone();
        for (long at = epoch; at < later; at++) {
            bytes = hashes.plain(EVOLVE, bytes);
        }
        return new EpochKey(Math.max(epoch, later), bytes);
    }

    /** In hexadecimal digits. */
    public String tag(byte[] data, int from, int length) {
        mac.update(data, from, length);
        return Line.hex(mac.doFinal());
    }

    public String tag(byte[] data) {
        return tag(data, 0, data.length);
    }

    /** In this memory; the machine may have copies that nobody reaches. */
    void erase() {
        Arrays.fill(key, (byte) 0);
    }
}
