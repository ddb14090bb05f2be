package io.visionops.security.internal.secret;

import io.visionops.api.secret.SecretException;
import io.visionops.security.internal.key.AesKey;
import io.visionops.security.internal.key.MasterKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The secrets that a restore has brought, with the master key that they were written with: they are
 * taken over under the master key of this installation. For one thread; the keys for any.
 */
final class RestoredSecrets {

    /** The master key; locked by a passphrase it has the name of such a file. */
    static final String KEY = "master.key";

    private static final Logger LOG = LoggerFactory.getLogger(RestoredSecrets.class);

    private final SecretVault vault;
    private final Path folder;
    private final MasterKeys keys;

    /**
     * @param folder into which a restore puts secrets and their key
     */
    RestoredSecrets(SecretVault vault, Path folder) {
        this.vault = vault;
        this.folder = folder;
        keys = new MasterKeys(Optional.empty(), folder.resolve(KEY), new SecureRandom());
    }

    /** What they were written with. */
    MasterKeys keys() {
        return keys;
    }

    /** Why they cannot be taken over; empty when they were, or there are none. */
    Optional<String> take() {
        Path file = folder.resolve(SecretVault.FILE);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            Set<String> names = vault.take(file, key());
            // The key last: while it is there a half of this is done again.
            Files.deleteIfExists(file);
            keys.delete();
            keys.forget();
            Files.deleteIfExists(folder);
            LOG.info("{} secrets of a backup are taken over", names.size());
            return Optional.empty();
        } catch (SecretException e) {
            return Optional.ofNullable(e.getMessage());
        } catch (IOException e) {
            return Optional.of(folder + " cannot be removed: " + e.getClass().getSimpleName());
        }
    }

    /** Where the backup has none it was written with a credential, which may be ours too. */
    private AesKey key() throws SecretException {
        Optional<String> locked = keys.lockedId();
        if (locked.isPresent() && isOurs(locked.get())) {
            return key(vault.keys());
        }
        if (locked.isPresent() && !keys.isUnlocked()) {
            throw new SecretException(
                    "their master key "
                            + locked.get()
                            + " is locked by the passphrase of that time: secret-unlock opens it");
        }
        return key(keys.isThere() ? keys : vault.keys());
    }

    /** Our key opens what was written with it, whatever has locked it since. */
    private boolean isOurs(String id) {
        try {
            return vault.keys().find().map(AesKey::id).equals(Optional.of(id));
        } catch (SecretException e) {
            return false;
        }
    }

    private AesKey key(MasterKeys from) throws SecretException {
        return from.find()
                .orElseThrow(
                        () ->
                                new SecretException(
                                        "the backup's secrets came without their master key: put"
                                                + " it into "
                                                + folder.resolve(KEY)));
    }
}
