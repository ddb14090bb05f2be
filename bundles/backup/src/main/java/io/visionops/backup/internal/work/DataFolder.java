package io.visionops.backup.internal.work;

import io.visionops.api.secret.MasterKeyPassphrase;
import io.visionops.backup.internal.format.Manifest;
import io.visionops.support.FolderTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What of a data folder is backed up, and what of a backup is put back.
 *
 * @param data where the database and the models lie
 * @param etc the configuration
 * @param masterKey the file of the key of the secrets; empty where it is no file
 */
public record DataFolder(Path data, Path etc, Supplier<Optional<Path>> masterKey) {

    private static final Logger LOG = LoggerFactory.getLogger(DataFolder.class);

    /** Secrets of this installation alone: a person who reads a backup gets no login by them. */
    private static final Pattern NOT_BACKED_UP =
            Pattern.compile("admin-password|.*host[._-]?key.*|.*\\.(key|pem|jks|p12|new|part)");

    /** Ours; Karaf's own files belong to the program, and the logins to the installation. */
    private static final Pattern PUT_BACK =
            Pattern.compile("etc/(io\\.visionops\\.[^/]+|update-root\\.json)");

    /** Says where the backups of this installation lie. */
    private static final Set<String> LEFT_ALONE =
            Set.of(
                    "etc/io.visionops.backup.cfg",
                    "etc/io.visionops.backup.offsite.cfg",
                    "etc/io.visionops.security.cfg",
                    "etc/io.visionops.store.cfg");

    private static final String SECRETS = "secrets";

    /** Where the database is unpacked and checked; on the file system of the data folder. */
    Path scratch() {
        return data.resolve("backup-scratch");
    }

    /** Removes plain copies that a crash has left. */
    public void removeScratch() {
        try {
            FolderTree.remove(scratch());
        } catch (IOException e) {
            LOG.warn("{} stays, it holds plain copies: {}", scratch(), e.toString());
        }
    }

    /**
     * The place of a file in a backup that is not the database. Of secrets it is one where the part
     * security finds them: it takes them over under the master key of this installation.
     */
    Path place(String name) {
        if (name.startsWith(Manifest.SECRETS)) {
            return data.resolve(SECRETS)
                    .resolve("restored")
                    .resolve(name.substring(Manifest.SECRETS.length()));
        }
        return name.startsWith(Manifest.CONFIGURATION)
                ? etc.resolve(name.substring(Manifest.CONFIGURATION.length()))
                : data.resolve(name);
    }

    /** Configuration, models and secrets, by their names in a backup. */
    TreeMap<String, Path> files() throws IOException {
        TreeMap<String, Path> files = new TreeMap<>();
        for (Path file : regular(etc)) {
            String name = Manifest.CONFIGURATION + relative(etc, file);
            if (!NOT_BACKED_UP.matcher(file.getFileName().toString()).matches()) {
                files.put(name, file);
            }
        }
        Path models = data.resolve("models");
        for (Path file : regular(models)) {
            files.put(Manifest.MODELS + relative(models, file), file);
        }
        if (Files.isRegularFile(secrets())) {
            files.put(Manifest.SECRETS_FILE, secrets());
            masterKey.get().ifPresent(key -> putKey(key, files));
        }
        return files;
    }

    /** The plain file, or else the one that a passphrase locks. */
    private static void putKey(Path key, Map<String, Path> files) {
        Path locked = key.resolveSibling(key.getFileName() + MasterKeyPassphrase.LOCKED);
        if (Files.isRegularFile(key)) {
            files.put(Manifest.MASTER_KEY, key);
        } else if (Files.isRegularFile(locked)) {
            files.put(Manifest.LOCKED_KEY, locked);
        }
    }

    /** The secrets of this installation. */
    Path secrets() {
        return data.resolve(Manifest.SECRETS_FILE);
    }

    /** Is that file put back by a restore? */
    static boolean isPutBack(String name) {
        return name.startsWith(Manifest.MODELS)
                || name.startsWith(Manifest.SECRETS)
                || (PUT_BACK.matcher(name).matches() && !LEFT_ALONE.contains(name));
    }

    private static List<Path> regular(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<Path> files = new ArrayList<>();
        try (Stream<Path> all = Files.walk(folder)) {
            all.filter(one -> Files.isRegularFile(one, LinkOption.NOFOLLOW_LINKS))
                    .forEach(files::add);
        }
        return files;
    }

    private static String relative(Path folder, Path file) {
        return folder.relativize(file).toString().replace('\\', '/');
    }
}
