package io.visionops.support;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Files that are there as a whole or not at all. */
public final class WholeFile {

    private WholeFile() {}

    /**
     * Puts a file in the place of the one of that name, if there is one; by way of {@code
     * NAME.new}, so for one writer of that name at a time.
     *
     * @param synced it is on the disk when this returns, so that it outlives a power cut; takes as
     *     long as the disk does
     * @throws IOException when it cannot be written; the file that was there is as it was
     */
    public static void write(Path file, byte[] bytes, boolean synced) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".new");
        try {
            fill(part, bytes, synced);
            Files.move(
                    part,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            remove(part, e);
            throw e;
        }
    }

    private static void fill(Path part, byte[] bytes, boolean synced) throws IOException {
        try (FileChannel out =
                FileChannel.open(
                        part,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer rest = ByteBuffer.wrap(bytes);
            while (rest.hasRemaining()) {
                out.write(rest);
            }
            if (synced) {
                out.force(true);
            }
        }
    }

    /** A full disk needs no half of a file. */
    private static void remove(Path part, IOException reason) {
        try {
            Files.deleteIfExists(part);
        } catch (IOException e) {
            reason.addSuppressed(e);
        }
    }
}
