package io.visionops.security.internal.secret;

import io.visionops.api.secret.SecretException;
import io.visionops.api.secret.SecretInfo;
import io.visionops.api.secret.SecretStore;
import io.visionops.api.subject.Actor;
import io.visionops.security.internal.key.AesKey;
import io.visionops.security.internal.key.MasterKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Secrets in one file, each encrypted with a data key, which the master key encrypts. A file that
 * cannot be opened is never written: what it holds may be needed. Files that others have changed,
 * such as a restore, are read anew. Thread-safe.
 */
final class SecretVault {

    static final String FILE = "secrets.json";

    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9._-]{1,80}");

    private final Path file;
    private final SecureRandom random;
    private final Clock clock;

    /** Guarded by "this". */
    private MasterKeys keys;

    /** What was opened last; of the file as {@link #stamp} has it. Guarded by "this". */
    private @Nullable Unlocked opened;

    /** Guarded by "this". */
    private @Nullable Stamp stamp;

    /** Tells a file that was changed or replaced. */
    private record Stamp(String key, long modified, long size) {

        static @Nullable Stamp of(Path file) throws IOException {
            try {
                BasicFileAttributes attributes =
                        Files.readAttributes(file, BasicFileAttributes.class);
                return new Stamp(
                        String.valueOf(attributes.fileKey()),
                        attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS),
                        attributes.size());
            } catch (NoSuchFileException e) {
                return null;
            }
        }
    }

    /**
     * @param folder of the file of secrets
     */
    SecretVault(Path folder, MasterKeys keys, SecureRandom random, Clock clock) {
        this.file = folder.resolve(FILE);
        this.keys = keys;
        this.random = random;
        this.clock = clock;
    }

    /** The master key is looked for elsewhere from now on; what is unlocked stays so. */
    synchronized void use(MasterKeys other) {
        other.takeOver(keys);
        keys = other;
        opened = null;
        stamp = null;
    }

    synchronized MasterKeys keys() {
        return keys;
    }

    synchronized Optional<String> find(String name) throws SecretException {
        Optional<Unlocked> now = open();
        return now.isEmpty() ? Optional.empty() : now.get().find(name);
    }

    synchronized List<SecretInfo> list() throws SecretException {
        return open().map(Unlocked::list).orElse(List.of());
    }

    synchronized void set(String name, String value, Actor by) throws SecretException {
        if (!NAME.matcher(name).matches()) {
            throw new SecretException("a secret's name must be 1..80 of a-z A-Z 0-9 . _ -");
        }
        if (value.isEmpty() || value.length() > SecretStore.LONGEST) {
            throw new SecretException(
                    "a secret must have 1.." + SecretStore.LONGEST + " characters");
        }
        if (value.chars().anyMatch(Character::isISOControl)) {
            throw new SecretException("a secret must be one line without control characters");
        }
        save(openOrEmpty().with(name, value, clock.instant(), by, random));
    }

    synchronized void remove(String name) throws SecretException {
        Unlocked now = openOrEmpty();
        if (!now.contains(name)) {
            throw new SecretException("there is no secret of that name");
        }
        save(now.without(name));
    }

    /** Returns how many there are. */
    synchronized int rotate() throws SecretException {
        Optional<Unlocked> now = open();
        if (now.isEmpty()) {
            return 0;
        }
        save(now.get().rotated(master(now.get().contents()), random));
        return now.get().list().size();
    }

    /**
     * Encrypts all with another master key, which takes the place of the present one. Where this
     * ends half-way, either of both opens what is there.
     *
     * @return how many there are
     */
    synchronized int rotateMaster() throws SecretException {
        keys.checkReplaceable();
        Optional<Unlocked> now = open();
        if (now.isEmpty()) {
            return 0;
        }
        master(now.get().contents());
        AesKey next = keys.makeNext();
        save(now.get().rotated(next, random));
        keys.adopt(next.id());
        return now.get().list().size();
    }

    /** Locks the master key by a passphrase; it stays unlocked here. */
    synchronized void lock(String passphrase) throws SecretException {
        Optional<Unlocked> now = open();
        keys.lock(now.isPresent() ? master(now.get().contents()) : presentOrMade(), passphrase);
    }

    /** Nothing locks the master key any more. */
    synchronized void removePassphrase(String passphrase) throws SecretException {
        keys.removePassphrase(passphrase);
    }

    /**
     * Takes over the secrets of another file, with the key that it was written with.
     *
     * @return their names
     */
    synchronized Set<String> take(Path other, AesKey key) throws SecretException {
        SecretsFile contents = SecretsFile.read(other);
        if (!contents.masterKey().equals(key.id())) {
            throw wrongKey(other, contents, key, "the key that came with it");
        }
        Unlocked taken = Unlocked.open(other, contents, key);
        save(openOrEmpty().withAll(taken, random));
        return new TreeSet<>(contents.secrets().keySet());
    }

    /** Names of secrets whose values are damaged. */
    synchronized List<String> damaged() throws SecretException {
        return open().map(Unlocked::damaged).orElse(List.of());
    }

    /**
     * Looks whether what is open now could be opened again.
     *
     * @throws SecretException when the master key is lost, wrong or damaged
     */
    synchronized void checkKey() throws SecretException {
        Optional<Unlocked> now = open();
        if (now.isPresent()) {
            master(now.get().contents());
        }
    }

    private Unlocked openOrEmpty() throws SecretException {
        Optional<Unlocked> now = open();
        if (now.isPresent()) {
            return now.get();
        }
        return Unlocked.empty(presentOrMade(), random);
    }

    private AesKey presentOrMade() throws SecretException {
        Optional<AesKey> key = keys.find();
        return key.isPresent() ? key.get() : keys.make();
    }

    /** Empty before the first secret. */
    private Optional<Unlocked> open() throws SecretException {
        Stamp now;
        try {
            now = Stamp.of(file);
        } catch (IOException e) {
            throw SecretsFile.unreadable(file, e);
        }
        if (now == null) {
            opened = null;
            return Optional.empty();
        }
        if (opened == null || !Objects.equals(now, stamp)) {
            opened = null;
            SecretsFile contents = SecretsFile.read(file);
            opened = Unlocked.open(file, contents, master(contents));
            stamp = now;
        }
        return Optional.ofNullable(opened);
    }

    private AesKey master(SecretsFile contents) throws SecretException {
        Optional<AesKey> present = keys.find();
        if (present.filter(one -> one.id().equals(contents.masterKey())).isEmpty()) {
            Optional<AesKey> next = keys.adopt(contents.masterKey());
            if (next.isPresent()) {
                return next.get();
            }
        }
        AesKey key =
                present.orElseThrow(
                        () ->
                                new SecretException(
                                        "the master key "
                                                + contents.masterKey()
                                                + " of "
                                                + file
                                                + " is lost: put it back at "
                                                + keys.place()
                                                + ", or restore a backup; without it move"
                                                + " that file away and set the secrets"
                                                + " anew"));
        if (!contents.masterKey().equals(key.id())) {
            throw wrongKey(file, contents, key, keys.place());
        }
        return key;
    }

    private static SecretException wrongKey(
            Path file, SecretsFile contents, AesKey key, String place) {
        return new SecretException(
                file
                        + " was encrypted with master key "
                        + contents.masterKey()
                        + ", not with "
                        + key.id()
                        + " ("
                        + place
                        + "): put the right key there");
    }

    private void save(Unlocked next) throws SecretException {
        try {
            next.contents().writeTo(file);
            stamp = Stamp.of(file);
            opened = next;
        } catch (IOException e) {
            throw new SecretException(
                    file
                            + " cannot be written, and is as it was: "
                            + e.getClass().getSimpleName()
                            + ": examine the disk",
                    e);
        }
    }
}
