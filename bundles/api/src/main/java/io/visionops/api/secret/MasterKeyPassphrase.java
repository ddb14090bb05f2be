package io.visionops.api.secret;

import io.visionops.api.subject.Actor;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A passphrase that locks the master key of the secrets, for who wants one: the key then lies on
 * the disk encrypted alone, and a person has to unlock it after each start. Each use is recorded
 * without the passphrase. Thread-safe; waits for the disk, and for some seconds of computing.
 */
@ProviderType
public interface MasterKeyPassphrase {

    /** Characters of a passphrase at least. */
    int SHORTEST = 12;

    /** Characters of a passphrase at most. */
    int LONGEST = 128;

    /**
     * What the name of the locked file has behind that of {@link SecretStore#masterKeyFile()},
     * beside which it lies.
     */
    String LOCKED = ".locked";

    /**
     * Locks the master key: the file of the key goes when the locked one is proven to open. What is
     * unlocked stays so until the next start.
     *
     * @throws SecretException when it was not done; the key opens as it did
     */
    void setPassphrase(String passphrase, Actor by) throws SecretException;

    /**
     * Puts the file of the master key back, and removes the locked one.
     *
     * @param passphrase the present one
     * @throws SecretException when it is wrong, or that was not done; the key opens as it did
     */
    void removePassphrase(String passphrase, Actor by) throws SecretException;

    /**
     * Opens the locked master key until the next start, and that of a backup that was restored, if
     * the passphrase is its own. Whoever waits for secrets is told at once.
     *
     * @throws SecretException when it is wrong, or there is nothing to unlock
     */
    void unlock(String passphrase, Actor by) throws SecretException;
}
