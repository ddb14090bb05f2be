package io.visionops.security.internal.secret;

import io.visionops.api.secret.SecretException;
import io.visionops.api.secret.SecretInfo;
import io.visionops.security.internal.key.AesKey;
import io.visionops.security.internal.key.MasterKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks now and then what has become of the secrets: tells listeners what others have changed,
 * takes over what a restore has brought, and keeps what the health check says. Thread-safe.
 */
final class SecretWatch {

    /** The file of secrets of a backup, and the master key that it was written with. */
    static final String RESTORED_KEY = "master.key";

    private static final Logger LOG = LoggerFactory.getLogger(SecretWatch.class);

    private final SecretVault vault;
    private final Path restored;
    private final SecretListeners listeners;

    /** Versions by name at the last look; guarded by "this". */
    private Map<String, SecretInfo> known = Map.of();

    private volatile SecretHealth health = SecretHealth.NOTHING_YET;

    /**
     * @param restored folder into which a restore puts secrets and their key
     */
    SecretWatch(SecretVault vault, Path restored, SecretListeners listeners) {
        this.vault = vault;
        this.restored = restored;
        this.listeners = listeners;
    }

    SecretHealth health() {
        return health;
    }

    void look() {
        listeners.tell(lookForChanges());
    }

    private synchronized Set<String> lookForChanges() {
        Optional<String> before = health.trouble();
        Optional<String> notTaken = takeRestored();
        try {
            Optional<String> trouble = keyTrouble();
            Map<String, SecretInfo> now = new TreeMap<>();
            vault.list().forEach(one -> now.put(one.name(), one));
            List<String> damaged = now.equals(known) ? health.damaged() : vault.damaged();
            health = new SecretHealth(trouble, damaged, notTaken, now.size());
            log(before, trouble);
            Set<String> changed = difference(known, now);
            known = now;
            return changed;
        } catch (SecretException e) {
            Optional<String> trouble = Optional.of(String.valueOf(e.getMessage()));
            health = new SecretHealth(trouble, List.of(), notTaken, 0);
            log(before, trouble);
            // All are looked up again when they can be.
            known = Map.of();
            return Set.of();
        }
    }

    /** What is open stays so without its key, and cannot be opened after the next start. */
    private Optional<String> keyTrouble() {
        try {
            vault.checkKey();
            return Optional.empty();
        } catch (SecretException e) {
            return Optional.ofNullable(e.getMessage());
        }
    }

    private static void log(Optional<String> before, Optional<String> trouble) {
        if (before.equals(trouble)) {
            return;
        }
        if (trouble.isPresent()) {
            LOG.error("secrets: {}", trouble.get());
        } else {
            LOG.info("the secrets can be read again");
        }
    }

    private static Set<String> difference(
            Map<String, SecretInfo> before, Map<String, SecretInfo> now) {
        Set<String> names = new TreeSet<>(before.keySet());
        names.addAll(now.keySet());
        names.removeIf(name -> now.containsKey(name) && now.get(name).equals(before.get(name)));
        return names;
    }

    /** Why that cannot be done; empty when it was, or there is nothing. */
    private Optional<String> takeRestored() {
        Path file = restored.resolve(SecretVault.FILE);
        Path keyFile = restored.resolve(RESTORED_KEY);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            AesKey key = key(keyFile);
            Set<String> names = vault.take(file, key);
            // The key last: while it is there a half of this is done again.
            Files.deleteIfExists(file);
            Files.deleteIfExists(keyFile);
            Files.deleteIfExists(restored);
            LOG.info("{} secrets of a backup are taken over", names.size());
            return Optional.empty();
        } catch (SecretException e) {
            return Optional.ofNullable(e.getMessage());
        } catch (IOException e) {
            return Optional.of(restored + " cannot be removed: " + e.getClass().getSimpleName());
        }
    }

    /** Where the backup has none it was written with a credential, which may be ours too. */
    private AesKey key(Path keyFile) throws SecretException {
        MasterKeys keys =
                Files.exists(keyFile)
                        ? new MasterKeys(Optional.empty(), keyFile, new SecureRandom())
                        : vault.keys();
        return keys.find()
                .orElseThrow(
                        () ->
                                new SecretException(
                                        "the backup's secrets came without their master key: put"
                                                + " it into "
                                                + keyFile));
    }
}
