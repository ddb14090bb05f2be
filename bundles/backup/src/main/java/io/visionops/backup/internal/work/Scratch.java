package io.visionops.backup.internal.work;

import io.visionops.support.FolderTree;
import io.visionops.support.PrivateFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder for plain copies, readable by its owner alone and gone afterwards. */
final class Scratch implements AutoCloseable {

    private final Path folder;

    private Scratch(Path folder) {
        this.folder = folder;
    }

    /** Empties what a crash has left. */
    static Scratch open(Path folder) throws IOException {
        FolderTree.remove(folder);
        PrivateFile.makeFolder(folder);
        return new Scratch(folder);
    }

    /** The place of a file in it; its folders are there. */
    Path file(String name) throws IOException {
        Path file = folder.resolve(name);
        Path parent = file.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        return file;
    }

    @Override
    public void close() {
        try {
            FolderTree.remove(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(folder + " stays: it holds plain copies", e);
        }
    }
}
