package io.visionops.backup.internal.key;

import io.visionops.api.backup.BackupException;
import io.visionops.support.Sha256;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The 32 bytes of a key as letters and digits that are not taken for each other (the alphabet of
 * Crockford's base 32), in groups of four, with a checksum of three bytes.
 */
final class RecoveryText {

    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int SECRET = 32;
    private static final int CHECKSUM = 3;
    private static final int LETTERS = (SECRET + CHECKSUM) * 8 / 5;
    private static final int GROUP = 4;
    private static final int BITS = 5;

    private RecoveryText() {}

    static String of(byte[] secret) {
        byte[] all = Arrays.copyOf(secret, secret.length + CHECKSUM);
        System.arraycopy(checksum(secret), 0, all, secret.length, CHECKSUM);
        BigInteger number = new BigInteger(1, all);
        StringBuilder letters = new StringBuilder();
        for (int i = LETTERS - 1; i >= 0; i--) {
            int digit = number.shiftRight(i * BITS).and(BigInteger.valueOf(31)).intValue();
            letters.append(ALPHABET.charAt(digit));
        }
        List<String> groups = new ArrayList<>();
        for (int i = 0; i < LETTERS; i += GROUP) {
            groups.add(letters.substring(i, i + GROUP));
        }
        return String.join("-", groups);
    }

    /** As typed: in any case, with or without separators; O for 0, I and L for 1. */
    static byte[] read(String text) throws BackupException {
        String letters =
                text.toUpperCase(Locale.ROOT)
                        .replaceAll("[\\s-]", "")
                        .replace('O', '0')
                        .replace('I', '1')
                        .replace('L', '1');
        if (letters.length() != LETTERS) {
            throw new BackupException(
                    "the recovery key has "
                            + letters.length()
                            + " letters and digits; there must be "
                            + LETTERS);
        }
        BigInteger number = BigInteger.ZERO;
        for (int i = 0; i < LETTERS; i++) {
            int digit = ALPHABET.indexOf(letters.charAt(i));
            if (digit < 0) {
                throw new BackupException(
                        "the recovery key has a character that none has, in group "
                                + (i / GROUP + 1));
            }
            number = number.shiftLeft(BITS).or(BigInteger.valueOf(digit));
        }
        byte[] all = new byte[SECRET + CHECKSUM];
        byte[] read = number.toByteArray();
        int from = Math.max(0, read.length - all.length);
        System.arraycopy(read, from, all, all.length - (read.length - from), read.length - from);
        byte[] secret = Arrays.copyOf(all, SECRET);
        byte[] sum = Arrays.copyOfRange(all, SECRET, all.length);
        if (!MessageDigest.isEqual(sum, checksum(secret))) {
            throw new BackupException("the recovery key is mistyped: its checksum does not fit");
        }
        return secret;
    }

    private static byte[] checksum(byte[] secret) {
        return Arrays.copyOf(Sha256.digest().digest(secret), CHECKSUM);
    }
}
