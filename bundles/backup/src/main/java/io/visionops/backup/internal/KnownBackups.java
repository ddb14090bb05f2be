package io.visionops.backup.internal;

import io.visionops.api.backup.BackupException;
import io.visionops.backup.internal.destination.TargetFolder;
import io.visionops.backup.internal.format.BackupReader;
import io.visionops.backup.internal.key.BackupKey;
import io.visionops.backup.internal.key.KeyFile;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.function.Supplier;

/** Finds a backup by its name or path, and the key that it is read with. */
final class KnownBackups {

    private final Supplier<BackupSettings> settings;
    private final SecureRandom random;

    KnownBackups(Supplier<BackupSettings> settings, SecureRandom random) {
        this.settings = settings;
        this.random = random;
    }

    TargetFolder target() {
        return new TargetFolder(settings.get().target());
    }

    KeyFile keyFile() {
        return new KeyFile(settings.get().keyFile(), random);
    }

    /** The key that was given, or else that of the installation which the backup names. */
    BackupKey key(Path file, Optional<String> text) throws BackupException {
        if (text.isPresent()) {
            return BackupKey.ofRecoveryText(text.get());
        }
        Optional<BackupKey> own = keyFile().find(new BackupReader(file).header().keyId());
        if (own.isPresent()) {
            return own.get();
        }
        return keyFile()
                .read()
                .orElseThrow(
                        () ->
                                new BackupException(
                                        "there is no backup key at "
                                                + settings.get().keyFile()
                                                + ": give the recovery key, --key-file FILE"));
    }

    Path file(String backup) throws BackupException {
        try {
            Path file = TargetFolder.isId(backup) ? target().file(backup) : Path.of(backup);
            if (!Files.isRegularFile(file)) {
                throw new BackupException(
                        "there is no backup " + backup + "; backup-list shows those there are");
            }
            // Says at once what is no backup.
            new BackupReader(file).header();
            return file.toAbsolutePath();
        } catch (InvalidPathException e) {
            throw new BackupException("no backup can have that name: " + e.getReason(), e);
        }
    }
}
