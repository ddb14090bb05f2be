package io.visionops.store.internal.replace;

import io.visionops.support.WholeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The files of a replacement. Every step leaves a folder that can be opened: either the database
 * that was there or the other one, and the former is kept before the latter comes.
 */
public final class DatabaseFiles {

    static final String NAME = "visionops.db";

    /** Names the database from which rows are to be taken over, until that is done. */
    static final String NOTE = "visionops.db.replaced";

    private DatabaseFiles() {}

    /**
     * Keeps the present database and puts the other one in its place; nobody has it open.
     *
     * @param kept a folder that is not there yet
     */
    public static void replace(Path folder, Path other, Path kept) throws IOException {
        Path present = folder.resolve(NAME);
        Path log = folder.resolve(NAME + "-wal");
        if (Files.exists(present)) {
            Files.createDirectories(kept);
            Files.createLink(kept.resolve(NAME), present);
            // Only of a database that could not be opened: else it is in the file already.
            if (Files.exists(log)) {
                Files.createLink(kept.resolve(NAME + "-wal"), log);
            }
            WholeFile.syncFolderOf(kept.resolve(NAME));
            WholeFile.write(
                    folder.resolve(NOTE), kept.toString().getBytes(StandardCharsets.UTF_8), true);
        }
        // A log would be taken for one of the file that comes.
        Files.deleteIfExists(log);
        Files.deleteIfExists(folder.resolve(NAME + "-shm"));
        WholeFile.put(other, present);
    }

    /** Puts back what was kept. */
    public static void undo(Path folder, Path kept) throws IOException {
        Files.deleteIfExists(folder.resolve(NOTE));
        Path former = kept.resolve(NAME);
        if (!Files.exists(former)) {
            return;
        }
        Path log = folder.resolve(NAME + "-wal");
        Path formerLog = kept.resolve(NAME + "-wal");
        Files.deleteIfExists(log);
        Files.deleteIfExists(folder.resolve(NAME + "-shm"));
        WholeFile.rename(former, folder.resolve(NAME));
        if (Files.exists(formerLog)) {
            WholeFile.rename(formerLog, log);
        }
        WholeFile.syncFolderOf(log);
    }
}
