package io.visionops.testkit.disk;

/**
 * One thing that a program asked of a disk. Files and folders are told apart by a number that they
 * keep under other names, as a file system does it.
 */
sealed interface DiskOperation {

    /** Bytes in a file; a disk may take a part of them from the front. */
    record Write(long file, long at, byte[] bytes) implements DiskOperation {

        Write first(int length) {
            return new Write(file, at, java.util.Arrays.copyOf(bytes, length));
        }
    }

    record Truncate(long file, long size) implements DiskOperation {}

    /** A name in a folder: of something new, or one more of a file. */
    record Link(long folder, String name, long node, boolean isFolder) implements DiskOperation {}

    record Unlink(long folder, String name) implements DiskOperation {}

    /** Both names change at once or not at all. */
    record Rename(
            long fromFolder, String from, long toFolder, String to, long node, boolean isFolder)
            implements DiskOperation {}

    /** Contents of a file, or the names in a folder, are on the disk after it. */
    record Sync(long node) implements DiskOperation {}

    /** So much time passed that all is on the disk also of a computer that lies about syncs. */
    record Pause() implements DiskOperation {}

    /** Whether syncing a file or a folder brings this onto the disk. */
    default boolean isOf(long node) {
        if (this instanceof Write write) {
            return write.file() == node;
        }
        if (this instanceof Truncate truncate) {
            return truncate.file() == node;
        }
        if (this instanceof Link link) {
            return link.folder() == node;
        }
        if (this instanceof Unlink unlink) {
            return unlink.folder() == node;
        }
        return this instanceof Rename rename
                && (rename.fromFolder() == node || rename.toFolder() == node);
    }
}
