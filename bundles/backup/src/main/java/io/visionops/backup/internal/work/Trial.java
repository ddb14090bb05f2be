package io.visionops.backup.internal.work;

import io.visionops.api.backup.BackupException;
import io.visionops.api.backup.BackupStatus.Stage;
import io.visionops.api.database.DatabaseContents;
import io.visionops.backup.internal.destination.TargetFolder;
import io.visionops.backup.internal.format.BackupReader;
import io.visionops.backup.internal.format.Manifest;
import io.visionops.backup.internal.format.PassingFile;
import io.visionops.backup.internal.increment.BlockPatch;
import io.visionops.backup.internal.key.BackupKey;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeSet;

/** Unpacks a backup into a scratch folder and checks all of it. For one thread. */
public final class Trial {

    private static final String FORMER = "database/former.db";

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
        Maker.requireSpace(folder.data(), expected.diskBytes());
        stages.enter(Stage.READING, id, expected.bytes());
        Manifest manifest =
                reader.unpack(
                        key,
                        item ->
                                all || isOfTheDatabase(item)
                                        ? PassingFile.stream(scratch.file(item.name()))
                                        : OutputStream.nullOutputStream(),
                        stages);
        if (manifest.base().isPresent()) {
            putTogether(manifest.base().get(), id, file, key, scratch);
        }
        stages.enter(Stage.CHECKING, id, 0);
        check(manifest, scratch.file(Manifest.DATABASE));
        return manifest;
    }

    private static boolean isOfTheDatabase(Manifest.Item item) {
        return item.name().equals(Manifest.DATABASE) || item.name().equals(Manifest.PATCH);
    }

    /** The database of an increment, out of the full backup beside it. */
    private void putTogether(
            Manifest.Base base, String id, Path file, BackupKey key, Scratch scratch)
            throws BackupException, IOException {
        Path full = file.resolveSibling(TargetFolder.fileName(base.id()));
        if (!Files.isRegularFile(full)) {
            throw new BackupException(
                    file.getFileName()
                            + " holds what has changed since "
                            + base.id()
                            + ": put that beside it");
        }
        Path former = scratch.file(FORMER);
        Path patch = scratch.file(Manifest.PATCH);
        Path database = scratch.file(Manifest.DATABASE);
        BackupReader reader = new BackupReader(full);
        stages.enter(Stage.READING, id, reader.manifest(key).bytes());
        Manifest whole =
                reader.unpack(
                        key,
                        item ->
                                item.name().equals(Manifest.DATABASE)
                                        ? PassingFile.stream(former)
                                        : OutputStream.nullOutputStream(),
                        stages);
        if (!whole.database().sha256().equals(base.sha256())) {
            throw new BackupException(
                    full.getFileName() + " is not the one that " + file.getFileName() + " needs");
        }
        try (OutputStream out = PassingFile.stream(database)) {
            BlockPatch.apply(former, patch, out, base.database().length());
        }
        if (!Maker.item(Manifest.DATABASE, database).equals(base.database())) {
            throw new BackupException(
                    file.getFileName() + ": the database that comes of it is not what it was");
        }
        Files.delete(former);
        Files.delete(patch);
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
