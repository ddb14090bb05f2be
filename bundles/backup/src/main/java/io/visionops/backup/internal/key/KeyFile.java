package io.visionops.backup.internal.key;

import io.visionops.api.backup.BackupException;
import io.visionops.support.PrivateFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;

/**
 * Where the key of this installation lies, in the form of the recovery key, and beside it those
 * before: {@code NAME.ID}, for the backups that were made with them.
 */
public final class KeyFile {

    private static final int LONGEST = 1024;

    private final Path file;
    private final SecureRandom random;

    public KeyFile(Path file, SecureRandom random) {
        this.file = file;
        this.random = random;
    }

    /** Empty before the first backup. */
    public Optional<BackupKey> read() throws BackupException {
        return read(file);
    }

    /** The present key or one before, by its id. */
    public Optional<BackupKey> find(String id) throws BackupException {
        Optional<BackupKey> present = read().filter(key -> key.id().equals(id));
        return present.isPresent() || !id.matches("[0-9a-f]+") ? present : read(before(id));
    }

    private Path before(String id) {
        return file.resolveSibling(file.getFileName() + "." + id);
    }

    private static Optional<BackupKey> read(Path file) throws BackupException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(file)) {
            String text = new String(in.readNBytes(LONGEST), StandardCharsets.US_ASCII);
            return Optional.of(BackupKey.ofRecoveryText(text));
        } catch (BackupException e) {
            throw new BackupException("the backup key " + file + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new BackupException(
                    "the backup key " + file + " cannot be read: " + e.getClass().getSimpleName(),
                    e);
        }
    }

    /** The key; made when there is none. */
    public BackupKey readOrMake() throws BackupException {
        Optional<BackupKey> present = read();
        if (present.isPresent()) {
            return present.get();
        }
        BackupKey made = BackupKey.random(random);
        write(file, made);
        return made;
    }

    /** Another key from now on. The one before is kept first: no moment is without it. */
    public BackupKey rotate() throws BackupException {
        BackupKey before = readOrMake();
        write(before(before.id()), before);
        BackupKey made = BackupKey.random(random);
        write(file, made);
        return made;
    }

    /** Keeps another key, where there is none. */
    public void adopt(BackupKey key) throws BackupException {
        if (read().isEmpty()) {
            write(file, key);
        }
    }

    private static void write(Path file, BackupKey key) throws BackupException {
        try {
            byte[] text = (key.recoveryText() + "\n").getBytes(StandardCharsets.US_ASCII);
            PrivateFile.writeReadOnly(file, text);
        } catch (IOException e) {
            throw new BackupException(
                    "the backup key " + file + " cannot be written: " + e.getMessage(), e);
        }
    }
}
