package io.visionops.backup.internal.increment;

import io.visionops.api.backup.BackupException;
import io.visionops.support.Sha256;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;

/**
 * A file, told by another one: runs of its blocks, and between them what that does not have.
 *
 * <p>A run is its first block (an int) and how many follow each other (an int); new contents have
 * -1 in place of the first and their number of bytes. The order is that of the file. Who puts one
 * together compares its checksum: this has none of its own.
 */
public final class BlockPatch {

    private static final int BLOCK = BlockHashes.BLOCK;
    private static final int BUFFER = 64 * BLOCK;
    private static final int NEW = -1;

    private final DataOutputStream out;
    private final byte[] fresh = new byte[BUFFER];
    private int freshBytes;
    private int runFrom;
    private int run;

    private BlockPatch(DataOutputStream out) {
        this.out = out;
    }

    /**
     * Tells a file by the blocks of another.
     *
     * @param stream is not closed
     */
    public static void write(Path file, BlockHashes former, OutputStream stream)
            throws IOException {
        DataOutputStream out = new DataOutputStream(new BufferedOutputStream(stream, BUFFER));
        BlockPatch patch = new BlockPatch(out);
        MessageDigest digest = Sha256.digest();
        byte[] block = new byte[BLOCK];
        int last = NEW;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER)) {
            for (int read = in.readNBytes(block, 0, BLOCK);
                    read > 0;
                    read = in.readNBytes(block, 0, BLOCK)) {
                last = read == BLOCK ? former.find(block, digest, last) : NEW;
                if (last < 0) {
                    patch.add(block, read);
                } else {
                    patch.add(last);
                }
            }
        }
        patch.endRun();
        patch.endNew();
        out.flush();
    }

    private void add(byte[] block, int bytes) throws IOException {
        endRun();
        if (freshBytes + bytes > fresh.length) {
            endNew();
        }
        System.arraycopy(block, 0, fresh, freshBytes, bytes);
        freshBytes += bytes;
    }

    private void add(int block) throws IOException {
        endNew();
        if (run > 0 && block != runFrom + run) {
            endRun();
        }
        if (run == 0) {
            runFrom = block;
        }
        run++;
    }

    private void endNew() throws IOException {
        if (freshBytes > 0) {
            out.writeInt(NEW);
            out.writeInt(freshBytes);
            out.write(fresh, 0, freshBytes);
            freshBytes = 0;
        }
    }

    private void endRun() throws IOException {
        if (run > 0) {
            out.writeInt(runFrom);
            out.writeInt(run);
            run = 0;
        }
    }

    /**
     * Puts the file together.
     *
     * @param length of the file, and no byte more is written
     * @throws BackupException when the patch does not belong to that former file
     */
    public static void apply(Path former, Path patch, OutputStream stream, long length)
            throws BackupException, IOException {
        byte[] buffer = new byte[BUFFER];
        long left = length;
        try (RandomAccessFile blocks = new RandomAccessFile(former.toFile(), "r");
                DataInputStream in =
                        new DataInputStream(
                                new BufferedInputStream(Files.newInputStream(patch), BUFFER))) {
            while (left > 0) {
                int from = in.readInt();
                int count = in.readInt();
                long bytes = from == NEW ? count : (long) count * BLOCK;
                if (from < NEW || count <= 0 || bytes > left) {
                    throw new BackupException("what has changed in it is damaged");
                }
                if (from != NEW) {
                    blocks.seek((long) from * BLOCK);
                }
                left -= bytes;
                while (bytes > 0) {
                    int some = (int) Math.min(buffer.length, bytes);
                    if (from == NEW) {
                        in.readFully(buffer, 0, some);
                    } else {
                        blocks.readFully(buffer, 0, some);
                    }
                    stream.write(buffer, 0, some);
                    bytes -= some;
                }
            }
        } catch (EOFException e) {
            throw new BackupException("what has changed in it does not fit the one before", e);
        }
    }
}
