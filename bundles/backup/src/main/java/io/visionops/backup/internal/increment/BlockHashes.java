package io.visionops.backup.internal.increment;

import io.visionops.support.Sha256;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;

/**
 * By what the blocks of a file are found again in another one, wherever they stand in it: the first
 * 16 bytes of the SHA-256 of each. 20 to 24 bytes of memory a block, 6 MB for a database of 1 GB.
 */
public final class BlockHashes {

    /** The page of SQLite: its copies move whole pages, and leave most of them as they were. */
    static final int BLOCK = 4096;

    private final long[] high;
    private final long[] low;

    /** Numbers of blocks plus one, at the place that the hash says or behind it; 0 is free. */
    private final int[] table;

    private BlockHashes(long[] high, long[] low) {
        this.high = high;
        this.low = low;
        table = new int[Math.max(2, Integer.highestOneBit(Math.max(1, high.length)) * 4)];
        for (int block = 0; block < high.length; block++) {
            int at = place(high[block]);
            while (table[at] != 0) {
                at = next(at);
            }
            table[at] = block + 1;
        }
    }

    private int place(long hash) {
        return (int) (hash & (table.length - 1));
    }

    private int next(int at) {
        return at + 1 & table.length - 1;
    }

    /** Reads a whole file; a last block that is not full is left out. */
    public static BlockHashes of(Path file) throws IOException {
        int blocks = Math.toIntExact(Files.size(file) / BLOCK);
        long[] high = new long[blocks];
        long[] low = new long[blocks];
        MessageDigest digest = Sha256.digest();
        byte[] block = new byte[BLOCK];
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 64 * BLOCK)) {
            for (int i = 0; i < blocks; i++) {
                if (in.readNBytes(block, 0, BLOCK) < BLOCK) {
                    throw new EOFException(file + " has become shorter");
                }
                ByteBuffer hash = ByteBuffer.wrap(digest.digest(block));
                high[i] = hash.getLong();
                low[i] = hash.getLong();
            }
        }
        return new BlockHashes(high, low);
    }

    /** The number of a block with these contents, the next of {@code last} first; -1: none. */
    int find(byte[] contents, MessageDigest digest, int last) {
        ByteBuffer hash = ByteBuffer.wrap(digest.digest(contents));
        long first = hash.getLong();
        long second = hash.getLong();
        int following = last + 1;
        if (following < high.length && high[following] == first && low[following] == second) {
            return following;
        }
        for (int at = place(first); table[at] != 0; at = next(at)) {
            int block = table[at] - 1;
            if (high[block] == first && low[block] == second) {
                return block;
            }
        }
        return -1;
    }

    void write(DataOutputStream out) throws IOException {
        out.writeInt(high.length);
        for (int i = 0; i < high.length; i++) {
            out.writeLong(high[i]);
            out.writeLong(low[i]);
        }
    }

    static BlockHashes read(DataInputStream in, long bytes) throws IOException {
        int blocks = in.readInt();
        if (blocks < 0 || blocks > bytes / (2 * Long.BYTES)) {
            throw new EOFException("fewer blocks than it says");
        }
        long[] high = new long[blocks];
        long[] low = new long[blocks];
        for (int i = 0; i < blocks; i++) {
            high[i] = in.readLong();
            low[i] = in.readLong();
        }
        return new BlockHashes(high, low);
    }
}
