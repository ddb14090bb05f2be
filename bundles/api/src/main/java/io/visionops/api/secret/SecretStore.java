package io.visionops.api.secret;

import io.visionops.api.subject.Actor;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Keeps secrets encrypted on the disk. A value that is set cannot be had back here: who needs one
 * has {@link SecretLookup}. Each change is recorded without its value. Thread-safe; waits for the
 * disk.
 */
@ProviderType
public interface SecretStore {

    /** Characters of a value at most. */
    int LONGEST = 1024;

    /**
     * Names of secrets that parts keep for themselves begin with it; people cannot change these.
     */
    String OURS = "visionops.";

    /** What there is, ordered by name. */
    List<SecretInfo> list() throws SecretException;

    /**
     * Keeps a value under a name, in the place of the one before.
     *
     * @param name 1 to 80 of a-z A-Z 0-9 . _ -
     * @throws SecretException when it is not kept; the one before is
     */
    void set(String name, String value, Actor by) throws SecretException;

    /**
     * Removes a secret, whoever names it.
     *
     * @throws SecretException when there is none of that name, or it cannot be removed
     */
    void remove(String name, Actor by) throws SecretException;

    /**
     * Encrypts all secrets anew with a new data key; names and values stay.
     *
     * @return how many
     * @throws SecretException when it was not done; all is as it was
     */
    int rotate(Actor by) throws SecretException;

    /**
     * Encrypts all secrets anew with a new master key, which takes the place of the present file.
     *
     * @return how many
     * @throws SecretException when it was not done, the master key is no file of this program, or a
     *     passphrase locks it
     */
    int rotateMaster(Actor by) throws SecretException;

    /**
     * The file of the master key; empty where it is no file of this program. While a passphrase
     * locks it, the {@linkplain MasterKeyPassphrase#LOCKED locked one} lies beside this name.
     */
    Optional<Path> masterKeyFile();
}
