package io.visionops.support;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Files that are there as a whole or not at all. */
public final class WholeFile {

    private WholeFile() {}

    /** For what holds passwords. */
    public static final Set<PosixFilePermission> OWNER_ONLY =
            PosixFilePermissions.fromString("rw-------");

    /**
     * Puts a file in the place of the one of that name, if there is one; by way of {@code
     * NAME.new}, so for one writer of that name at a time.
     *
     * @param synced it and its name are on the disk when this returns, so that it outlives a power
     *     cut; takes as long as the disk does
     * @throws IOException when it cannot be written; the file that was there is as it was
     */
    public static void write(Path file, byte[] bytes, boolean synced) throws IOException {
        write(file, bytes, synced, Set.of());
    }

    /**
     * Likewise, synced.
     *
     * @param permissions that it has from its first byte on
     */
    public static void write(Path file, byte[] bytes, Set<PosixFilePermission> permissions)
            throws IOException {
        write(file, bytes, true, permissions);
    }

    private static void write(
            Path file, byte[] bytes, boolean synced, Set<PosixFilePermission> permissions)
            throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".new");
        try {
            if (!permissions.isEmpty()) {
                createFor(part, permissions);
            }
            fill(part, bytes, synced);
            Files.move(
                    part,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
            if (synced) {
                sync(file.toAbsolutePath().getParent());
            }
        } catch (IOException e) {
            remove(part, e);
            throw e;
        }
    }

    /** One that a crash has left may be open to others. */
    private static void createFor(Path part, Set<PosixFilePermission> permissions)
            throws IOException {
        Files.deleteIfExists(part);
        Files.createFile(part, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        Files.setPosixFilePermissions(part, permissions);
    }

    /** The new name is an entry of the folder, which is on the disk when the folder is. */
    private static void sync(@Nullable Path folder) throws IOException {
        if (folder != null) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
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
