package io.visionops.security.internal.key;

import io.visionops.api.secret.MasterKeyPassphrase;
import io.visionops.api.secret.SecretException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The file beside that of the master key in which a passphrase encrypts it, and the key once it is
 * unlocked, which is in memory alone. The key is in one of both files, or in both, at each moment
 * of a change. Thread-safe.
 */
final class PassphraseLock {

    private final KeyFile plain;
    private final KeyFile locked;
    private final int iterations;
    private final SecureRandom random;
    private volatile @Nullable AesKey unlocked;

    /**
     * @param plain the file of the key without a passphrase
     * @param iterations of a derivation from a passphrase
     */
    PassphraseLock(KeyFile plain, int iterations, SecureRandom random) {
        this.plain = plain;
        locked =
                new KeyFile(
                        plain.path()
                                .resolveSibling(
                                        plain.path().getFileName() + MasterKeyPassphrase.LOCKED));
        this.iterations = iterations;
        this.random = random;
    }

    Path path() {
        return locked.path();
    }

    /** Whether there is a locked file, beside the plain one or alone. */
    boolean exists() {
        return locked.exists();
    }

    boolean isUnlocked() {
        return unlocked != null;
    }

    /** What another lock has unlocked is unlocked here too, if it is the same key. */
    void takeOver(PassphraseLock former) {
        unlocked = former.unlocked;
    }

    void forget() {
        unlocked = null;
    }

    /**
     * The key, once it is unlocked; empty where there is no locked file.
     *
     * @throws SecretException while it is locked, or when the file is damaged
     */
    Optional<AesKey> key() throws SecretException {
        Optional<LockedKey> there = read();
        if (there.isEmpty()) {
            return Optional.empty();
        }
        AesKey key = unlocked;
        if (key == null || !key.id().equals(there.get().masterKey())) {
            throw new SecretException(
                    "the master key "
                            + locked.path()
                            + " is locked by a passphrase: secret-unlock opens it");
        }
        return Optional.of(key);
    }

    /** Id of the key in the locked file. */
    Optional<String> id() throws SecretException {
        return read().map(LockedKey::masterKey);
    }

    private Optional<LockedKey> read() throws SecretException {
        Optional<byte[]> bytes = locked.bytes();
        return bytes.isEmpty()
                ? Optional.empty()
                : Optional.of(LockedKey.read(locked.path(), bytes.get()));
    }

    private AesKey open(String passphrase) throws SecretException {
        return read().orElseThrow(
                        () ->
                                new SecretException(
                                        "no passphrase locks the master key " + plain.path()))
                .open(passphrase);
    }

    synchronized void unlock(String passphrase) throws SecretException {
        unlocked = open(passphrase);
    }

    /** Writes the locked file and proves it before the plain one goes. */
    synchronized void lock(AesKey key, String passphrase) throws SecretException {
        checkLength(passphrase);
        Optional<String> present = id();
        if (present.isPresent() && !present.get().equals(key.id())) {
            throw another(locked, present.get(), key.id());
        }
        locked.write(LockedKey.lock(key, passphrase, iterations, random).bytes());
        if (!opens(passphrase, key)) {
            locked.delete();
            throw new SecretException(
                    locked.path() + " was not written as it is meant to be: examine the disk");
        }
        unlocked = key;
        plain.delete();
    }

    private boolean opens(String passphrase, AesKey key) throws SecretException {
        try {
            return open(passphrase).equals(key);
        } catch (WrongPassphraseException e) {
            return false;
        }
    }

    /** Writes the plain file and proves it before the locked one goes. */
    synchronized void remove(String passphrase) throws SecretException {
        AesKey key = open(passphrase);
        Optional<AesKey> present = plain.read();
        if (present.isPresent() && !present.get().equals(key)) {
            throw another(plain, present.get().id(), key.id());
        }
        if (present.isEmpty()) {
            plain.write(key);
        }
        if (!plain.read().equals(Optional.of(key))) {
            throw new SecretException(
                    plain.path() + " was not written as it is meant to be: examine the disk");
        }
        locked.delete();
        unlocked = null;
    }

    void delete() throws SecretException {
        locked.delete();
    }

    private static SecretException another(KeyFile file, String its, String wanted) {
        return new SecretException(
                file.path()
                        + " holds another master key ("
                        + its
                        + ", not "
                        + wanted
                        + "): move it away first");
    }

    private static void checkLength(String passphrase) throws SecretException {
        int length = passphrase.codePointCount(0, passphrase.length());
        if (length < MasterKeyPassphrase.SHORTEST || length > MasterKeyPassphrase.LONGEST) {
            throw new SecretException(
                    "a passphrase must have "
                            + MasterKeyPassphrase.SHORTEST
                            + " to "
                            + MasterKeyPassphrase.LONGEST
                            + " characters");
        }
        if (passphrase.chars().anyMatch(Character::isISOControl)) {
            throw new SecretException("a passphrase must be one line without control characters");
        }
    }
}
