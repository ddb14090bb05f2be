package io.visionops.backup.internal.work;

import static java.util.stream.Collectors.joining;

import io.visionops.api.backup.BackupException;
import io.visionops.api.backup.BackupStatus.Stage;
import io.visionops.api.backup.RestorePlan;
import io.visionops.api.database.DatabaseMerge;
import io.visionops.backup.internal.format.BackupReader;
import io.visionops.backup.internal.format.Header;
import io.visionops.backup.internal.format.Manifest;
import io.visionops.backup.internal.key.BackupKey;
import io.visionops.support.WholeFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Restores a backup into this installation. For one thread. */
public final class Restorer {

    private final DataFolder folder;
    private final DatabaseServices database;
    private final Trial trial;
    private final Clock clock;
    private final Stages stages;

    public Restorer(
            DataFolder folder, DatabaseServices database, Trial trial, Clock clock, Stages stages) {
        this.folder = folder;
        this.database = database;
        this.trial = trial;
        this.clock = clock;
        this.stages = stages;
    }

    /** What {@link #restore} would do; reads the beginning of the backup. */
    public RestorePlan plan(Path file, BackupKey key) throws BackupException {
        BackupReader reader = new BackupReader(file);
        Header header = reader.header();
        Manifest manifest = reader.manifest(key);
        try {
            List<String> configuration = new ArrayList<>();
            List<String> models = new ArrayList<>();
            for (Manifest.Item item : changed(manifest)) {
                (item.isIn(Manifest.MODELS) ? models : configuration).add(item.name());
            }
            return new RestorePlan(
                    file.toString(),
                    header.time(),
                    header.version(),
                    manifest.schemaVersion(),
                    manifest.database().length(),
                    manifest.rows(),
                    configuration,
                    models,
                    manifest.diskBytes(),
                    steps(configuration, models));
        } catch (IOException e) {
            throw new BackupException("the data folder cannot be read: " + e.getMessage(), e);
        }
    }

    private static List<String> steps(List<String> configuration, List<String> models) {
        List<String> steps = new ArrayList<>();
        steps.add("the whole backup is decrypted and checked in a scratch folder");
        steps.add(
                "the present database is closed and kept in the folder quarantine; cameras go on,"
                        + " what they have to tell waits");
        steps.add("the database of the backup takes its place and is opened");
        steps.add(
                "events, records, counts and times that only the present database has are taken"
                        + " over");
        steps.add(
                configuration.size()
                        + " files of the configuration and "
                        + models.size()
                        + " files of models are put back; those they replace are kept in quarantine");
        return steps;
    }

    private List<Manifest.Item> changed(Manifest manifest) throws IOException {
        List<Manifest.Item> changed = new ArrayList<>();
        boolean secrets = hasOtherSecrets(manifest);
        for (Manifest.Item item : manifest.files()) {
            boolean another =
                    item.isIn(Manifest.SECRETS)
                            ? secrets
                            : isAnother(item, folder.place(item.name()));
            if (DataFolder.isPutBack(item.name()) && another) {
                changed.add(item);
            }
        }
        return changed;
    }

    private boolean hasOtherSecrets(Manifest manifest) throws IOException {
        for (Manifest.Item item : manifest.files()) {
            if (item.name().equals(Manifest.SECRETS_FILE)) {
                return isAnother(item, folder.secrets());
            }
        }
        return false;
    }

    private static boolean isAnother(Manifest.Item item, Path present) throws IOException {
        return !Files.isRegularFile(present)
                || Files.size(present) != item.length()
                || !Maker.item(item.name(), present).sha256().equals(item.sha256());
    }

    /** Returns what was done, in one line. */
    public String restore(String id, Path file, BackupKey key)
            throws BackupException, IOException, InterruptedException {
        try (Scratch scratch = Scratch.open(folder.scratch())) {
            Manifest manifest = trial.unpack(id, file, key, scratch, true);
            stages.enter(Stage.REPLACING, id, 0);
            DatabaseMerge merge =
                    database.replacement().replaceWith(scratch.file(Manifest.DATABASE));
            int files = putBack(manifest, scratch);
            return said("the database and " + files + " files were restored", merge);
        }
    }

    /** The same of the database alone. */
    public String restoreDatabase(String id, Path file, BackupKey key)
            throws BackupException, IOException, InterruptedException {
        try (Scratch scratch = Scratch.open(folder.scratch())) {
            trial.unpack(id, file, key, scratch, false);
            stages.enter(Stage.REPLACING, id, 0);
            DatabaseMerge merge =
                    database.replacement().replaceWith(scratch.file(Manifest.DATABASE));
            return said("the database of " + id + " was restored", merge);
        }
    }

    private int putBack(Manifest manifest, Scratch scratch) throws IOException {
        Path quarantine =
                folder.data()
                        .resolve("quarantine")
                        .resolve("configuration-" + clock.instant().toEpochMilli());
        List<Manifest.Item> changed = changed(manifest);
        if (changed.stream().anyMatch(item -> item.isIn(Manifest.SECRETS))) {
            // The key of a restore before would be taken for that of these secrets.
            Files.deleteIfExists(folder.place(Manifest.MASTER_KEY));
            Files.deleteIfExists(folder.place(Manifest.LOCKED_KEY));
        }
        for (Manifest.Item item : changed) {
            Path place = folder.place(item.name());
            Path parent = place.getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            // A key that is left from a restore before is worth nothing, and is not spread.
            if (Files.exists(place) && !item.isIn(Manifest.SECRETS)) {
                Path kept = quarantine.resolve(item.name());
                Path keptIn = kept.getParent();
                if (keptIn != null) {
                    Files.createDirectories(keptIn);
                }
                // What comes is renamed over its name: the former contents stay under this one.
                Files.createLink(kept, place);
            }
            if (item.isIn(Manifest.CONFIGURATION) || item.isIn(Manifest.SECRETS)) {
                // Cameras may have passwords in theirs.
                WholeFile.write(
                        place, Files.readAllBytes(scratch.file(item.name())), WholeFile.OWNER_ONLY);
            } else {
                try (InputStream in = Files.newInputStream(scratch.file(item.name()))) {
                    WholeFile.write(place, in);
                }
            }
        }
        return changed.size();
    }

    private static String said(String what, DatabaseMerge merge) {
        Map<String, Long> taken = new TreeMap<>(merge.merged());
        String rows =
                taken.entrySet().stream()
                        .map(one -> one.getValue() + " of " + one.getKey())
                        .collect(joining(", "));
        String former =
                merge.setAside().map(one -> "; the former database is kept in " + one).orElse("");
        String since =
                !merge.trouble().isEmpty()
                        ? "; NOTHING of what was written since was taken over: " + merge.trouble()
                        : rows.isEmpty() ? "" : "; taken over from the former: " + rows;
        return what + former + since;
    }
}
