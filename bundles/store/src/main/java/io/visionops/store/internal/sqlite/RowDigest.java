package io.visionops.store.internal.sqlite;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/**
 * SHA-256 over a row: the table's name, then each column in order as its type and value, so that
 * any tool can compute it again from what is stored. Reused for all rows; not thread-safe.
 */
public final class RowDigest {

    private static final byte NULL = 0;
    private static final byte INTEGER = 1;
    private static final byte REAL = 2;
    private static final byte TEXT = 3;
    private static final byte BLOB = 4;

    private final MessageDigest sha;
    private ByteBuffer content = ByteBuffer.allocate(1024);

    public RowDigest() {
        try {
            sha = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException(absent);
        }
    }

    public RowDigest start(String table) {
        content.clear();
        return text(table);
    }

    public RowDigest integer(long value) {
        room(9).put(INTEGER).putLong(value);
        return this;
    }

    public RowDigest real(double value) {
        room(9).put(REAL).putDouble(value);
        return this;
    }

    public RowDigest text(@Nullable String value) {
        return value == null ? none() : bytes(TEXT, value.getBytes(StandardCharsets.UTF_8));
    }

    public RowDigest blob(byte[] value) {
        return bytes(BLOB, value);
    }

    public RowDigest none() {
        room(1).put(NULL);
        return this;
    }

    public byte[] finish() {
        sha.update(content.array(), 0, content.position());
        return sha.digest();
    }

    private RowDigest bytes(byte type, byte[] value) {
        room(5 + value.length).put(type).putInt(value.length).put(value);
        return this;
    }

    private ByteBuffer room(int bytes) {
        if (content.remaining() < bytes) {
            int needed = content.position() + bytes;
            content = ByteBuffer.allocate(2 * needed).put(content.flip());
        }
        return content;
    }
}
