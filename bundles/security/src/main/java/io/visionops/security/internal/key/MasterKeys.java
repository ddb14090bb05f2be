package io.visionops.security.internal.key;

import io.visionops.api.secret.SecretException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the master key is: a credential that systemd hands over, or else a file that only its owner
 * can read, or else one beside it that a passphrase locks.
 */
public final class MasterKeys {

    /** Name of the credential, as in {@code LoadCredentialEncrypted=visionops.master}. */
    public static final String CREDENTIAL = "visionops.master";

    private static final Logger LOG = LoggerFactory.getLogger(MasterKeys.class);

    private final Optional<KeyFile> credential;
    private final KeyFile file;
    private final KeyFile next;
    private final PassphraseLock lock;
    private final SecureRandom random;

    /**
     * @param credentials folder of credentials that systemd has made for this program
     * @param file where the key lies without a credential, and where one is made
     */
    public MasterKeys(Optional<Path> credentials, Path file, SecureRandom random) {
        this(credentials, file, LockedKey.ITERATIONS, random);
    }

    /**
     * For tests, which have no time for many iterations.
     *
     * @param iterations of a derivation from a passphrase
     */
    public MasterKeys(Optional<Path> credentials, Path file, int iterations, SecureRandom random) {
        this.credential = credentials.map(folder -> new KeyFile(folder.resolve(CREDENTIAL)));
        this.file = new KeyFile(file);
        this.next = new KeyFile(file.resolveSibling(file.getFileName() + ".next"));
        this.lock = new PassphraseLock(this.file, iterations, random);
        this.random = random;
    }

    /** Where the key is looked for now, for a person. */
    public String place() {
        if (isCredential()) {
            return "systemd credential " + CREDENTIAL;
        }
        return (isLockedAlone() ? lock.path() : file.path()).toString();
    }

    /** The file that the key lies in; empty where it is a credential. */
    public Optional<Path> file() {
        return isCredential() ? Optional.empty() : Optional.of(file.path());
    }

    private boolean isCredential() {
        return credential.filter(KeyFile::exists).isPresent();
    }

    private boolean isLockedAlone() {
        return lock.exists() && !file.exists();
    }

    /** Is there a file of the key, plain or locked? */
    public boolean isThere() {
        return file.exists() || lock.exists();
    }

    /**
     * The key; empty where none has been made.
     *
     * @throws SecretException when it cannot be read, is no key, or is locked
     */
    public Optional<AesKey> find() throws SecretException {
        if (credential.isPresent()) {
            Optional<AesKey> handedOver = credential.get().read();
            if (handedOver.isPresent()) {
                return handedOver;
            }
        }
        Optional<AesKey> plain = file.read();
        return plain.isPresent() ? plain : lock.key();
    }

    /** Makes the key file. Only where there is no key. */
    public AesKey make() throws SecretException {
        AesKey key = AesKey.random(random);
        file.write(key);
        LOG.info("master key {} is made: {}", key.id(), file.path());
        return key;
    }

    /**
     * @throws SecretException when the program cannot put another key in the place of this one
     */
    public void checkReplaceable() throws SecretException {
        if (isCredential()) {
            throw new SecretException(
                    "the master key is the "
                            + place()
                            + ", which this program cannot write: put another file in its place");
        }
        if (lock.exists()) {
            throw new SecretException(
                    "the master key "
                            + lock.path()
                            + " is locked by a passphrase: remove that first, with secret-passphrase"
                            + " --remove");
        }
    }

    /**
     * Makes the key that is to follow, beside the present one: what is encrypted with it can be
     * written before {@link #adopt} puts it in place, and found again if that does not come about.
     */
    public AesKey makeNext() throws SecretException {
        AesKey key = AesKey.random(random);
        next.write(key);
        return key;
    }

    /** Puts the key that was to follow in place, if it has that id. */
    public Optional<AesKey> adopt(String id) throws SecretException {
        Optional<AesKey> key = isCredential() ? Optional.empty() : next.read();
        if (key.filter(one -> one.id().equals(id)).isEmpty()) {
            return Optional.empty();
        }
        next.renameTo(file);
        LOG.info("master key {} is in place: {}", id, file.path());
        return key;
    }

    /** Is there a file that a passphrase opens? */
    public boolean hasPassphrase() {
        return lock.exists();
    }

    /** Is the key in memory that a passphrase locks? */
    public boolean isUnlocked() {
        return lock.isUnlocked();
    }

    /** Id of the key that only a passphrase opens; empty where there is none. */
    public Optional<String> lockedId() throws SecretException {
        return file.exists() ? Optional.empty() : lock.id();
    }

    /** Why the key lies in clear though there is a passphrase: a change was interrupted. */
    public Optional<String> inClear() {
        return !isCredential() && lock.exists() && file.exists()
                ? Optional.of(
                        file.path()
                                + " lies in clear beside "
                                + lock.path()
                                + ": carry secret-passphrase through, or secret-passphrase"
                                + " --remove")
                : Optional.empty();
    }

    /**
     * Locks the present key by a passphrase; it stays unlocked here.
     *
     * @throws SecretException when it was not done; the key can be found as before
     */
    public void lock(AesKey key, String passphrase) throws SecretException {
        if (isCredential()) {
            throw new SecretException(
                    "the master key is the " + place() + ", which is not locked by a passphrase");
        }
        if (isLockedAlone()) {
            throw new SecretException(
                    "the master key "
                            + lock.path()
                            + " is locked by a passphrase already: remove that first, with"
                            + " secret-passphrase --remove");
        }
        lock.lock(key, passphrase);
        LOG.info("master key {} is locked by a passphrase: {}", key.id(), lock.path());
    }

    /**
     * Opens the locked key, for as long as this lives.
     *
     * @throws WrongPassphraseException when it is another passphrase
     * @throws SecretException when there is no locked key
     */
    public void unlock(String passphrase) throws SecretException {
        lock.unlock(passphrase);
        LOG.info("the master key is unlocked: {}", lock.path());
    }

    /**
     * Puts the key back into its file.
     *
     * @throws WrongPassphraseException when it is another passphrase
     * @throws SecretException when there is no locked key, or it was not done
     */
    public void removePassphrase(String passphrase) throws SecretException {
        lock.remove(passphrase);
        LOG.info("no passphrase locks the master key any more: {}", file.path());
    }

    /** What others had unlocked is unlocked here too, if it is the same key. */
    public void takeOver(MasterKeys former) {
        lock.takeOver(former.lock);
    }

    /** Keeps no key in memory any more. */
    public void forget() {
        lock.forget();
    }

    /** Removes all files of the key. */
    public void delete() throws SecretException {
        file.delete();
        if (lock.exists()) {
            lock.delete();
        }
    }
}
