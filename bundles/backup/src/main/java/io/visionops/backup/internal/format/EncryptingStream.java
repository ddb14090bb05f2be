package io.visionops.backup.internal.format;

import java.io.IOException;
import java.io.OutputStream;
import java.security.GeneralSecurityException;

/** Encrypts what is written, chunk by chunk. Without {@link #finish} the file has no end. */
final class EncryptingStream extends OutputStream {

    private final OutputStream out;
    private final ChunkCipher cipher;
    private final byte[] chunk = new byte[ChunkCipher.CHUNK];
    private int length;
    private long number;

    EncryptingStream(OutputStream out, ChunkCipher cipher) {
        this.out = out;
        this.cipher = cipher;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
        int from = offset;
        int left = count;
        while (left > 0) {
            // A full chunk is written when more comes: only then it is known not to be the last.
            if (length == chunk.length) {
                put(false);
            }
            int taken = Math.min(left, chunk.length - length);
            System.arraycopy(bytes, from, chunk, length, taken);
            length += taken;
            from += taken;
            left -= taken;
        }
    }

    /** Writes the last chunk, which may be empty. */
    void finish() throws IOException {
        put(true);
        out.flush();
    }

    private void put(boolean last) throws IOException {
        try {
            out.write(cipher.encrypt(number, last, chunk, length));
        } catch (GeneralSecurityException e) {
            throw new IOException("a chunk cannot be encrypted", e);
        }
        number++;
        length = 0;
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }
}
