package io.visionops.backup.internal.work;

import io.visionops.api.backup.BackupException;
import io.visionops.api.backup.BackupInfo;
import io.visionops.api.backup.BackupStatus.Stage;
import io.visionops.api.database.DatabaseContents;
import io.visionops.backup.internal.destination.Proof;
import io.visionops.backup.internal.destination.TargetFolder;
import io.visionops.backup.internal.format.BackupWriter;
import io.visionops.backup.internal.format.Header;
import io.visionops.backup.internal.format.Manifest;
import io.visionops.backup.internal.format.PassingFile;
import io.visionops.backup.internal.increment.BlockHashes;
import io.visionops.backup.internal.increment.BlockPatch;
import io.visionops.backup.internal.increment.LastFull;
import io.visionops.backup.internal.key.BackupKey;
import io.visionops.support.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Makes one backup. For one thread. */
public final class Maker {

    /** Left free beyond what a backup needs. */
    static final long SPARE = 100_000_000;

    private static final int BUFFER = 1 << 18;

    private final DataFolder folder;
    private final DatabaseServices database;
    private final String version;
    private final SecureRandom random;
    private final Clock clock;
    private final Stages stages;
    private final LastFull lastFull;

    /**
     * @param version of the program
     */
    public Maker(
            DataFolder folder,
            DatabaseServices database,
            String version,
            SecureRandom random,
            Clock clock,
            Stages stages) {
        this.folder = folder;
        this.database = database;
        this.version = version;
        this.random = random;
        this.clock = clock;
        this.stages = stages;
        lastFull = new LastFull(folder.data().resolve("backup/last-full.blocks"));
    }

    /** Returns the id of the backup, which is not proven yet. */
    public String make(TargetFolder target, BackupKey key) throws BackupException, IOException {
        return make(target, key, Optional.empty());
    }

    /**
     * Makes an increment: what has changed since the last full backup.
     *
     * @return its id; empty where there is none to build on
     */
    public Optional<String> increment(TargetFolder target, BackupKey key)
            throws BackupException, IOException {
        Optional<LastFull.Full> last =
                lastFull.find()
                        .filter(full -> full.keyId().equals(key.id()))
                        .filter(full -> Files.isRegularFile(target.file(full.id())));
        return last.isEmpty() ? Optional.empty() : Optional.of(make(target, key, last));
    }

    private String make(TargetFolder target, BackupKey key, Optional<LastFull.Full> last)
            throws BackupException, IOException {
        Instant time = clock.instant();
        String kind = last.isPresent() ? BackupInfo.INCREMENT : BackupInfo.FULL;
        String id = TargetFolder.id(time, kind);
        if (Files.exists(target.file(id))) {
            throw new BackupException("there is a backup of this second already: " + id);
        }
        stages.enter(Stage.COPYING, id, 0);
        long database = size(folder.data().resolve("visionops.db"));
        createTarget(target.folder());
        requireSpace(folder.data(), database);
        requireSpace(target.folder(), database);
        try (Scratch scratch = Scratch.open(folder.scratch())) {
            Path copy = scratch.file(Manifest.DATABASE);
            this.database.copies().copyTo(copy);
            DatabaseContents contents = this.database.replacement().inspect(copy);
            TreeMap<String, Path> all = folder.files();
            Optional<Manifest.Base> base = Optional.empty();
            if (last.isPresent()) {
                Path patch = scratch.file(Manifest.PATCH);
                try (OutputStream out = PassingFile.stream(patch)) {
                    BlockPatch.write(copy, last.get().blocks(), out);
                }
                all.put(Manifest.PATCH, patch);
                Manifest.Item whole = item(Manifest.DATABASE, copy);
                base = Optional.of(new Manifest.Base(last.get().id(), last.get().sha256(), whole));
            } else {
                all.put(Manifest.DATABASE, copy);
            }
            Manifest manifest =
                    new Manifest(contents.schemaVersion(), items(all), contents.rows(), base);
            stages.enter(Stage.WRITING, id, manifest.bytes());
            new BackupWriter(key, random)
                    .write(
                            target.file(id),
                            new Header(key.id(), kind, time, version),
                            manifest,
                            name -> place(all, name),
                            stages);
            if (last.isEmpty()) {
                lastFull.keep(
                        new LastFull.Full(
                                id, key.id(), manifest.database().sha256(), BlockHashes.of(copy)));
            }
            target.put(id, new Proof(key.id(), manifest.database().length(), Optional.empty(), ""));
        }
        return id;
    }

    private static Path place(Map<String, Path> files, String name) {
        Path path = files.get(name);
        if (path == null) {
            throw new IllegalStateException("no place for " + name);
        }
        return path;
    }

    private static void createTarget(Path target) throws BackupException {
        try {
            Files.createDirectories(target);
        } catch (IOException e) {
            throw new BackupException(
                    "the folder of the backups cannot be used: "
                            + target
                            + " ("
                            + e.getClass().getSimpleName()
                            + "): is it mounted?",
                    e);
        }
    }

    static long size(Path file) throws IOException {
        return Files.exists(file) ? Files.size(file) : 0;
    }

    static void requireSpace(Path folder, long bytes) throws BackupException {
        long free = folder.toFile().getUsableSpace();
        if (free < bytes + SPARE) {
            throw new BackupException(
                    "the disk of "
                            + folder
                            + " has "
                            + free / 1_000_000
                            + " MB left, "
                            + (bytes + SPARE) / 1_000_000
                            + " MB are needed");
        }
    }

    private static List<Manifest.Item> items(Map<String, Path> files) throws IOException {
        List<Manifest.Item> items = new ArrayList<>();
        for (Map.Entry<String, Path> file : files.entrySet()) {
            items.add(item(file.getKey(), file.getValue()));
        }
        return items;
    }

    static Manifest.Item item(String name, Path file) throws IOException {
        MessageDigest sha = Sha256.digest();
        long length = 0;
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                sha.update(buffer, 0, read);
                length += read;
            }
        }
        return new Manifest.Item(name, length, HexFormat.of().formatHex(sha.digest()));
    }
}
