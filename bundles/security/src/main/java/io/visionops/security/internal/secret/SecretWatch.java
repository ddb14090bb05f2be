package io.visionops.security.internal.secret;

import io.visionops.api.secret.SecretException;
import io.visionops.api.secret.SecretInfo;
import io.visionops.security.internal.key.MasterKeys;
import io.visionops.security.internal.key.WrongPassphraseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks now and then what has become of the secrets: tells listeners what others have changed, has
 * what a restore has brought taken over, and keeps what the health check says. Thread-safe.
 */
final class SecretWatch {

    private static final Logger LOG = LoggerFactory.getLogger(SecretWatch.class);

    private final SecretVault vault;
    private final RestoredSecrets restored;
    private final SecretListeners listeners;

    /** Versions by name at the last look; guarded by "this". */
    private Map<String, SecretInfo> known = Map.of();

    private volatile SecretHealth health = SecretHealth.NOTHING_YET;

    SecretWatch(SecretVault vault, RestoredSecrets restored, SecretListeners listeners) {
        this.vault = vault;
        this.restored = restored;
        this.listeners = listeners;
    }

    SecretHealth health() {
        return health;
    }

    /**
     * Opens what a passphrase locks, the master key and that of a backup, for as long as this
     * lives; the next look tells whoever waits.
     *
     * @throws WrongPassphraseException when it is the passphrase of neither
     */
    void unlock(String passphrase) throws SecretException {
        List<MasterKeys> locked =
                Stream.of(vault.keys(), restored.keys()).filter(MasterKeys::hasPassphrase).toList();
        if (locked.isEmpty()) {
            throw new SecretException("no passphrase locks the master key " + vault.keys().place());
        }
        boolean opened = false;
        Optional<SecretException> refusal = Optional.empty();
        for (MasterKeys one : locked) {
            try {
                one.unlock(passphrase);
                opened = true;
            } catch (WrongPassphraseException e) {
                refusal = Optional.of(e);
            } catch (SecretException e) {
                refusal = refusal.or(() -> Optional.of(e));
            }
        }
        if (!opened && refusal.isPresent()) {
            throw refusal.get();
        }
    }

    void look() {
        listeners.tell(lookForChanges());
    }

    private synchronized Set<String> lookForChanges() {
        Optional<String> before = health.trouble();
        Optional<String> notTaken = restored.take();
        Optional<String> inClear = vault.keys().inClear();
        try {
            Optional<String> trouble = keyTrouble();
            Map<String, SecretInfo> now = new TreeMap<>();
            vault.list().forEach(one -> now.put(one.name(), one));
            List<String> damaged = now.equals(known) ? health.damaged() : vault.damaged();
            health = new SecretHealth(trouble, damaged, inClear, notTaken, now.size());
            log(before, trouble);
            Set<String> changed = difference(known, now);
            known = now;
            return changed;
        } catch (SecretException e) {
            Optional<String> trouble = Optional.of(String.valueOf(e.getMessage()));
            health = new SecretHealth(trouble, List.of(), inClear, notTaken, 0);
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
}
