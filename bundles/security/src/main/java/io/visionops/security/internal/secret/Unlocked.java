package io.visionops.security.internal.secret;

import io.visionops.api.secret.SecretException;
import io.visionops.api.secret.SecretInfo;
import io.visionops.api.subject.Actor;
import io.visionops.security.internal.key.AesKey;
import io.visionops.security.internal.key.Sealed;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.crypto.AEADBadTagException;

/**
 * The contents of secrets.json and the data key that opens them. Immutable: a change makes another
 * one.
 */
final class Unlocked {

    private static final String DATA_KEY = "visionops secrets 1: data key";

    private final SecretsFile contents;
    private final AesKey dataKey;

    private Unlocked(SecretsFile contents, AesKey dataKey) {
        this.contents = contents;
        this.dataKey = dataKey;
    }

    /** Without any secret, under a new data key. */
    static Unlocked empty(AesKey master, SecureRandom random) {
        return under(master, AesKey.random(random), Map.of(), random);
    }

    private static Unlocked under(
            AesKey master,
            AesKey dataKey,
            Map<String, SecretsFile.Entry> secrets,
            SecureRandom random) {
        return new Unlocked(
                SecretsFile.of(master.id(), master.wrap(dataKey, DATA_KEY, random), secrets),
                dataKey);
    }

    /**
     * @param master whose id is the one that the file names
     * @throws SecretException when the file is damaged
     */
    static Unlocked open(Path file, SecretsFile contents, AesKey master) throws SecretException {
        try {
            return new Unlocked(contents, master.unwrap(contents.dataKey(), DATA_KEY));
        } catch (AEADBadTagException e) {
            throw SecretsFile.damaged(file);
        }
    }

    SecretsFile contents() {
        return contents;
    }

    List<SecretInfo> list() {
        List<SecretInfo> all = new ArrayList<>();
        new TreeMap<>(contents.secrets())
                .forEach(
                        (name, one) ->
                                all.add(
                                        new SecretInfo(
                                                name, one.version(), one.changed(), one.by())));
        return all;
    }

    boolean contains(String name) {
        return contents.secrets().containsKey(name);
    }

    /**
     * @throws SecretException when that value is damaged; the others may not be
     */
    Optional<String> find(String name) throws SecretException {
        SecretsFile.Entry entry = contents.secrets().get(name);
        return entry == null ? Optional.empty() : Optional.of(value(name, entry));
    }

    private String value(String name, SecretsFile.Entry entry) throws SecretException {
        try {
            String about = about(name, entry.version(), entry.changed(), entry.by());
            return new String(dataKey.open(entry.value(), about), StandardCharsets.UTF_8);
        } catch (AEADBadTagException e) {
            throw new SecretException(
                    "secret " + name + " is damaged: set it anew with secret-set " + name);
        }
    }

    /** Names of secrets whose values are damaged. */
    List<String> damaged() {
        List<String> damaged = new ArrayList<>();
        new TreeMap<>(contents.secrets())
                .forEach(
                        (name, entry) -> {
                            try {
                                value(name, entry);
                            } catch (SecretException e) {
                                damaged.add(name);
                            }
                        });
        return damaged;
    }

    /** With another value, or one more. */
    Unlocked with(String name, String value, Instant time, Actor by, SecureRandom random) {
        SecretsFile.Entry before = contents.secrets().get(name);
        int version = before == null ? 1 : before.version() + 1;
        Map<String, SecretsFile.Entry> all = new TreeMap<>(contents.secrets());
        all.put(name, sealed(dataKey, name, version, time, by, value, random));
        return new Unlocked(SecretsFile.of(contents.masterKey(), contents.dataKey(), all), dataKey);
    }

    Unlocked without(String name) {
        Map<String, SecretsFile.Entry> all = new TreeMap<>(contents.secrets());
        all.remove(name);
        return new Unlocked(SecretsFile.of(contents.masterKey(), contents.dataKey(), all), dataKey);
    }

    /**
     * The same values under another data key.
     *
     * @throws SecretException when one is damaged
     */
    Unlocked rotated(AesKey master, SecureRandom random) throws SecretException {
        return empty(master, random).withAll(this, random);
    }

    /**
     * With the secrets of another file, which take the place of those of the same name.
     *
     * @throws SecretException when one of them is damaged
     */
    Unlocked withAll(Unlocked other, SecureRandom random) throws SecretException {
        Map<String, SecretsFile.Entry> all = new TreeMap<>(contents.secrets());
        for (Map.Entry<String, SecretsFile.Entry> one : other.contents.secrets().entrySet()) {
            String name = one.getKey();
            SecretsFile.Entry entry = one.getValue();
            String value = other.value(name, entry);
            all.put(
                    name,
                    sealed(
                            dataKey,
                            name,
                            entry.version(),
                            entry.changed(),
                            entry.by(),
                            value,
                            random));
        }
        return new Unlocked(SecretsFile.of(contents.masterKey(), contents.dataKey(), all), dataKey);
    }

    private static SecretsFile.Entry sealed(
            AesKey dataKey,
            String name,
            int version,
            Instant time,
            Actor by,
            String value,
            SecureRandom random) {
        Sealed sealed =
                dataKey.seal(
                        value.getBytes(StandardCharsets.UTF_8),
                        about(name, version, time, by),
                        random);
        return new SecretsFile.Entry(version, time, by, sealed);
    }

    /** So that no value can be put in the place of another, or of a later one. */
    private static String about(String name, int version, Instant time, Actor by) {
        return "visionops secrets 1: " + name + "\n" + version + "\n" + time + "\n" + by;
    }
}
