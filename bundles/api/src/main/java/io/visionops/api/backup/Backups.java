package io.visionops.api.backup;

import io.visionops.api.subject.Actor;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Encrypted backups, each of them proven by a restore on trial. Thread-safe; one work at a time,
 * which goes on by itself: {@link #status()} says how far it is.
 */
@ProviderType
public interface Backups {

    /** What is going on. Never blocks. */
    BackupStatus status();

    /** The backups in the target folder, newest first. Reads the folder. */
    List<BackupInfo> list() throws BackupException;

    /**
     * Begins to make a backup.
     *
     * @throws BackupException when something else is under way
     */
    void now(Actor by) throws BackupException;

    /**
     * Begins to make an increment: what has changed since the last full backup. Where there is none
     * to build on, a full one is made.
     *
     * @throws BackupException when something else is under way
     */
    void increment(Actor by) throws BackupException;

    /**
     * Begins to restore a backup on trial.
     *
     * @throws BackupException when there is none of that name, or something else is under way
     */
    void verify(String id, Actor by) throws BackupException;

    /**
     * What a restore would do. Reads the beginning of the backup; changes nothing.
     *
     * @param backup id, or path of a file
     * @param key recovery key as text; empty for the key of this installation
     * @throws BackupException when it cannot be read, is damaged, or the key is another one
     */
    RestorePlan plan(String backup, Optional<String> key) throws BackupException;

    /**
     * Begins to restore a backup into this installation, while cameras go on.
     *
     * @param backup id, or path of a file
     * @param key recovery key as text; empty for the key of this installation
     * @return what it does
     * @throws BackupException when it cannot be read, is damaged, or the key is another one
     */
    RestorePlan restore(String backup, Optional<String> key, Actor by) throws BackupException;

    /**
     * The key of this installation as text, to be kept elsewhere: without it a backup cannot be
     * read. That it was asked for is recorded.
     *
     * @throws BackupException when it cannot be read
     */
    String recoveryKey(Actor by) throws BackupException;

    /**
     * Makes another key for the backups from now on. Those before stay readable with theirs, which
     * is kept.
     *
     * @return the new key as text, to be kept elsewhere
     * @throws BackupException when it cannot be written
     */
    String rotateKey(Actor by) throws BackupException;
}
