package io.visionops.testkit.crash;

import java.nio.file.Path;

/** What a program has done to its files, as the system saw it. Paths are relative to its folder. */
sealed interface Operation {

    /** A change of a file's contents, which may reach the disk at any time before it is synced. */
    sealed interface Data extends Operation {
        int file();
    }

    /** A change of names, which reach the disk in their order. */
    sealed interface Names extends Operation {}

    record Write(int file, long offset, byte[] bytes) implements Data {}

    record Truncate(int file, long length) implements Data {}

    /**
     * @param before changes up to this number are on the disk: those that had ended when it began
     */
    record Sync(int file, int before) implements Operation {}

    /** Likewise of a folder: the names in it. */
    record SyncFolder(Path folder, int before) implements Operation {}

    record MakeFolder(Path folder) implements Names {}

    record RemoveFolder(Path folder) implements Names {}

    /** A new name for a file, new or not. */
    record Name(Path path, int file) implements Names {}

    record Unname(Path path) implements Names {}

    record Rename(Path from, Path to) implements Names {}

    /** A line that it has said on its standard output, which is what it has promised. */
    record Said(String line) implements Operation {}
}
