package io.visionops.support;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Files of secrets, and folders for them, that nobody but their owner can use. */
public final class PrivateFile {

    private static final Set<PosixFilePermission> FOLDER =
            PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> READ_ONLY =
            PosixFilePermissions.fromString("r--------");

    private PrivateFile() {}

    /** Makes a folder, and those above it, where there is none; one that is there is left alone. */
    public static void makeFolder(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(FOLDER));
        }
    }

    /**
     * Writes a file as {@link WholeFile} does, synced, and makes its folder where there is none.
     *
     * @throws IOException when it cannot be written; the file that was there is as it was
     */
    public static void write(Path file, byte[] bytes) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            makeFolder(folder);
        }
        WholeFile.write(file, bytes, WholeFile.OWNER_ONLY);
    }

    /**
     * Likewise one that its owner does not write either, so that no slip of a person changes it.
     */
    public static void writeReadOnly(Path file, byte[] bytes) throws IOException {
        write(file, bytes);
        Files.setPosixFilePermissions(file, READ_ONLY);
    }
}
