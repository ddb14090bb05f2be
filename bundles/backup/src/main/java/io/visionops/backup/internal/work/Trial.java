package io.visionops.backup.internal.work;

import io.visionops.api.backup.BackupException;
import io.visionops.api.backup.BackupStatus.Stage;
import io.visionops.api.database.DatabaseContents;
import io.visionops.backup.internal.format.BackupReader;
import io.visionops.backup.internal.format.Manifest;
import io.visionops.backup.internal.format.PassingFile;
import io.visionops.backup.internal.key.BackupKey;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeSet;

/** Unpacks a backup into a scratch folder and checks all of it. For one thread. */
public final class Trial {

    private final DataFolder folder;
    private final DatabaseServices database;
    private final Stages stages;

    public Trial(DataFolder folder, DatabaseServices database, Stages stages) {
        this.folder = folder;
        this.database = database;
        this.stages = stages;
    }

    /**
     * @throws BackupException when it cannot be restored; one line
     */
    public void run(String id, Path file, BackupKey key) throws BackupException, IOException {
        try (Scratch scratch = Scratch.open(folder.scratch())) {
            unpack(id, file, key, scratch, false);
        }
    }

    /**
     * Unpacks and checks.
     *
     * @param all also what is not the database; else that is read and compared alone
     */
    Manifest unpack(String id, Path file, BackupKey key, Scratch scratch, boolean all)
            throws BackupException, IOException {
        BackupReader reader = new BackupReader(file);
        Manifest expected = reader.manifest(key);
        Maker.requireSpace(folder.data(), expected.bytes());
        stages.enter(Stage.READING, id, expected.bytes());
        Manifest manifest =
                reader.unpack(
                        key,
                        item ->
                                all || item.name().equals(Manifest.DATABASE)
                                        ? PassingFile.stream(scratch.file(item.name()))
                                        : OutputStream.nullOutputStream(),
                        stages);
        stages.enter(Stage.CHECKING, id, 0);
        check(manifest, scratch.file(Manifest.DATABASE));
        return manifest;
    }

    private void check(Manifest manifest, Path copy) throws BackupException {
        DatabaseContents contents;
        try {
            contents = database.replacement().inspect(copy);
        } catch (IOException e) {
            throw new BackupException("the database in it cannot be used: " + e.getMessage(), e);
        }
        if (contents.schemaVersion() != manifest.schemaVersion()) {
            throw new BackupException("the database in it has another schema than was backed up");
        }
        Map<String, Long> rows = contents.rows();
        TreeSet<String> tables = new TreeSet<>(rows.keySet());
        tables.addAll(manifest.rows().keySet());
        for (String table : tables) {
            long found = rows.getOrDefault(table, -1L);
            long wanted = manifest.rows().getOrDefault(table, -1L);
            if (found != wanted) {
                throw new BackupException(
                        "table "
                                + table
                                + " has "
                                + found
                                + " rows in it, "
                                + wanted
                                + " were backed up");
            }
        }
    }
}
