package io.visionops.support;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.CopyOption;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

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
        write(file, new ByteArrayInputStream(bytes), synced, Set.of());
    }

    /**
     * Likewise, synced.
     *
     * @param permissions that it has from its first byte on
     */
    public static void write(Path file, byte[] bytes, Set<PosixFilePermission> permissions)
            throws IOException {
        write(file, new ByteArrayInputStream(bytes), true, permissions);
    }

    /**
     * Likewise, synced, of what is too large for the memory; closing the stream is the caller's.
     */
    public static void write(Path file, InputStream content) throws IOException {
        write(file, content, true, Set.of());
    }

    private static void write(
            Path file, InputStream content, boolean synced, Set<PosixFilePermission> permissions)
            throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".new");
        try {
            if (!permissions.isEmpty()) {
                createFor(part, permissions);
            }
            fill(part, content, synced);
            rename(part, file);
            if (synced) {
                syncFolderOf(file);
            }
        } catch (IOException e) {
            remove(part, e);
            throw e;
        }
    }

    /**
     * Writes a file into a folder where others write as well, by way of a name that nobody has. Not
     * synced; readable by its owner alone, if it is new.
     *
     * @param replace the one of that name, if there is one
     * @throws FileAlreadyExistsException when there is one and it is not to be replaced
     */
    public static void writeAmongOthers(Path file, byte[] bytes, boolean replace)
            throws IOException {
        if (!replace && Files.exists(file)) {
            throw new FileAlreadyExistsException(file.toString());
        }
        Path part =
                Files.createTempFile(
                        file.toAbsolutePath().getParent(), "." + file.getFileName(), ".new");
        try {
            fill(part, new ByteArrayInputStream(bytes), false);
            CopyOption[] how =
                    replace
                            ? new CopyOption[] {StandardCopyOption.REPLACE_EXISTING}
                            : new CopyOption[0];
            Files.move(part, file, how);
        } catch (IOException e) {
            remove(part, e);
            throw e;
        }
    }

    /**
     * Gives a file that was written under a passing name in the same folder its own name, in the
     * place of the one of that name. Both, contents and name, are on the disk when this returns.
     *
     * @throws IOException when that fails; the passing file may still be there
     */
    public static void put(Path part, Path file) throws IOException {
        try (FileChannel written = FileChannel.open(part, StandardOpenOption.WRITE)) {
            written.force(true);
        }
        rename(part, file);
        syncFolderOf(file);
    }

    /**
     * The rename alone, for who syncs several files together: contents before, {@link
     * #syncFolderOf} after.
     */
    public static void rename(Path part, Path file) throws IOException {
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** The name of a new file is an entry of its folder, which is on the disk when that is. */
    public static void syncFolderOf(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    /**
     * Keeps a file that cannot be understood for a person, in the place of one that was kept
     * before.
     */
    public static void setAside(Path file, Path kept) throws IOException {
        Files.move(file, kept, StandardCopyOption.REPLACE_EXISTING);
    }

    /** One that a crash has left may be open to others. */
    private static void createFor(Path part, Set<PosixFilePermission> permissions)
            throws IOException {
        Files.deleteIfExists(part);
        Files.createFile(part, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        Files.setPosixFilePermissions(part, permissions);
    }

    private static void fill(Path part, InputStream content, boolean synced) throws IOException {
        try (FileChannel out =
                FileChannel.open(
                        part,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.TRUNCATE_EXISTING)) {
            OutputStream stream = Channels.newOutputStream(out);
            content.transferTo(stream);
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
