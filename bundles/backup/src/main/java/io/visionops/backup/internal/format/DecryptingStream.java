package io.visionops.backup.internal.format;

import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;

/**
 * Decrypts chunk by chunk; gives nothing of a chunk that is not as it was written, in its place.
 * Fails with a {@link DamagedException}.
 */
final class DecryptingStream extends InputStream {

    private static final int ENCRYPTED = ChunkCipher.CHUNK + ChunkCipher.TAG;

    private final InputStream in;
    private final ChunkCipher cipher;
    private byte[] ahead;
    private byte[] chunk = new byte[0];
    private int position;
    private long number;
    private boolean ended;

    /** A backup that is not as it was written; one line. */
    static final class DamagedException extends IOException {

        private static final long serialVersionUID = 1L;

        DamagedException(String message) {
            super(message);
        }
    }

    DecryptingStream(InputStream in, ChunkCipher cipher) throws IOException {
        this.in = in;
        this.cipher = cipher;
        ahead = in.readNBytes(ENCRYPTED);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int count) throws IOException {
        if (count == 0) {
            return 0;
        }
        while (position == chunk.length) {
            if (ended) {
                return -1;
            }
            next();
        }
        int given = Math.min(count, chunk.length - position);
        System.arraycopy(chunk, position, bytes, offset, given);
        position += given;
        return given;
    }

    private void next() throws IOException {
        byte[] present = ahead;
        ahead = present.length < ENCRYPTED ? new byte[0] : in.readNBytes(ENCRYPTED);
        boolean last = ahead.length == 0;
        chunk = decrypted(present, last);
        position = 0;
        number++;
        ended = last;
    }

    private byte[] decrypted(byte[] bytes, boolean last) throws DamagedException {
        // The library fails with another exception for less than a tag.
        if (bytes.length < ChunkCipher.TAG) {
            throw new DamagedException("the file ends early: chunk " + number + " is missing");
        }
        try {
            return cipher.decrypt(number, last, bytes, bytes.length);
        } catch (GeneralSecurityException e) {
            throw new DamagedException(reason(bytes, last));
        }
    }

    private String reason(byte[] bytes, boolean last) {
        try {
            cipher.decrypt(number, !last, bytes, bytes.length);
            return last
                    ? "the file ends early: what comes after chunk " + number + " is missing"
                    : "there is something behind the end of the backup";
        } catch (GeneralSecurityException e) {
            return "chunk " + number + " is damaged, cut off or not in its place";
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
