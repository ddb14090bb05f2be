package io.visionops.updater.internal.trust;

import io.visionops.support.Sha256;
import io.visionops.updater.internal.metadata.CanonicalJson;
import io.visionops.updater.internal.metadata.Envelope;
import io.visionops.updater.internal.metadata.MetadataKey;
import io.visionops.updater.internal.metadata.Pointer;
import io.visionops.updater.internal.metadata.Release;
import io.visionops.updater.internal.metadata.ReleaseBundle;
import io.visionops.updater.internal.metadata.ReleaseFile;
import io.visionops.updater.internal.metadata.RepositoryException;
import io.visionops.updater.internal.metadata.RepositoryException.Reason;
import io.visionops.updater.internal.metadata.Role;
import io.visionops.updater.internal.metadata.RoleKeys;
import io.visionops.updater.internal.metadata.RootMetadata;
import io.visionops.updater.internal.source.Source;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A repository in memory whose keys the test has, so that one thing can be wrong and all around it
 * right.
 */
final class ForgedRepository implements Source {

    static final Instant NOW = Instant.parse("2026-11-01T00:00:00Z");
    static final ReleaseFile STORE = new ReleaseFile(3, Sha256.hex(new byte[] {1, 2, 3}), false);
    static final String STORE_PATH = "system/io/visionops/store/1.2.0/store-1.2.0.jar";

    /** A key with its private half. */
    record Signer(KeyPair pair, MetadataKey key) {

        String sign(byte[] bytes) {
            try {
                Signature signature = Signature.getInstance("Ed25519");
                signature.initSign(pair.getPrivate());
                signature.update(bytes);
                return HexFormat.of().formatHex(signature.sign());
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }

        Envelope.Entry entry(Map<String, Object> form) {
            return new Envelope.Entry(key.id(), sign(CanonicalJson.bytes(form)));
        }
    }

    /** What is served in the place of honest metadata. */
    interface Forger {
        byte[] make(Map<String, Object> form);
    }

    final Map<String, byte[]> served = new HashMap<>();
    private final Map<Role, List<Signer>> signers = new EnumMap<>(Role.class);
    private Instant expires = NOW.plus(Duration.ofDays(30));
    private long root = 1;
    private long snapshot;
    private long timestamp;

    /** Root has two of three keys, targets two of two, the others one. */
    ForgedRepository() {
        signers.put(Role.ROOT, List.of(signer(), signer(), signer()));
        signers.put(Role.TARGETS, List.of(signer(), signer()));
        signers.put(Role.SNAPSHOT, List.of(signer()));
        signers.put(Role.TIMESTAMP, List.of(signer()));
        served.put("1.root.json", sign(rootForm(), of(Role.ROOT)));
    }

    static Signer signer() {
        try {
            KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            return new Signer(pair, MetadataKey.of(pair.getPublic()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public byte[] metadata(String name, int most) throws RepositoryException {
        byte[] bytes = served.get(name);
        if (bytes == null) {
            throw new RepositoryException(Reason.MISSING, "no " + name);
        }
        return bytes;
    }

    @Override
    public void file(ReleaseFile file, Path target, Progress progress) {
        throw new UnsupportedOperationException();
    }

    Signer[] of(Role role) {
        return signers.get(role).toArray(new Signer[0]);
    }

    Signer first(Role role) {
        return signers.get(role).get(0);
    }

    void expiresAt(Instant then) {
        expires = then;
    }

    /** A release of the bundle store, in version 1.2.0. */
    Release release(long number) {
        return release(number, "1.2.0");
    }

    Release release(long number, String storeVersion) {
        return new Release(
                number,
                "1." + number,
                "visionops",
                "linux-x86_64",
                expires,
                4,
                Map.of(STORE_PATH, STORE, "lib/version", STORE),
                List.of(new ReleaseBundle("io.visionops.store", storeVersion, STORE_PATH)));
    }

    void publish(Release release) {
        targets(release.number(), sign(release.form(), of(Role.TARGETS)));
    }

    /** Whatever these bytes are, snapshot and timestamp stand for them. */
    void targets(long number, byte[] bytes) {
        served.put(Role.TARGETS.fileName(number), bytes);
        snapshot(Pointer.Next.of(number, bytes));
    }

    void snapshot(Pointer.Next next) {
        snapshot++;
        snapshot(snapshot, sign(snapshotForm(snapshot, next), of(Role.SNAPSHOT)));
    }

    void snapshot(long version, byte[] bytes) {
        served.put(Role.SNAPSHOT.fileName(version), bytes);
        timestamp(Pointer.Next.of(version, bytes));
    }

    void timestamp(Pointer.Next next) {
        timestamp++;
        served.put("timestamp.json", sign(timestampForm(timestamp, next), of(Role.TIMESTAMP)));
    }

    /**
     * Publishes release 6, and for that role what the forger makes of what would be right. For the
     * root that is the next one.
     */
    void forge(Role role, Forger forger) {
        byte[] targets = sign(release(6).form(), of(Role.TARGETS));
        switch (role) {
            case ROOT -> {
                root++;
                served.put(root + ".root.json", forger.make(copy(rootForm())));
            }
            case TARGETS -> targets(6, forger.make(copy(release(6).form())));
            case SNAPSHOT -> {
                served.put("6.targets.json", targets);
                snapshot++;
                snapshot(
                        snapshot,
                        forger.make(copy(snapshotForm(snapshot, Pointer.Next.of(6, targets)))));
            }
            case TIMESTAMP -> {
                targets(6, targets);
                byte[] bytes = served.get(Role.SNAPSHOT.fileName(snapshot));
                served.put(
                        "timestamp.json",
                        forger.make(
                                copy(timestampForm(timestamp, Pointer.Next.of(snapshot, bytes)))));
            }
        }
    }

    /** The next root, with new keys for a role. What is published is signed anew by nobody. */
    void rotate(Role role) {
        Signer[] before = of(Role.ROOT);
        signers.put(role, signers.get(role).stream().map(one -> signer()).toList());
        root++;
        Map<String, Object> form = rootForm();
        served.put(
                root + ".root.json",
                role == Role.ROOT
                        ? sign(form, before[0], before[1], of(role)[0], of(role)[1])
                        : sign(form, before));
    }

    /** The timestamp begins again at this version. */
    void versionsBeginAt(long snapshotVersion, long timestampVersion) {
        snapshot = snapshotVersion - 1;
        timestamp = timestampVersion - 1;
    }

    Map<String, Object> rootForm() {
        Map<Role, RoleKeys> roles = new EnumMap<>(Role.class);
        signers.forEach(
                (role, list) -> {
                    Map<String, MetadataKey> keys = new HashMap<>();
                    list.forEach(one -> keys.put(one.key().id(), one.key()));
                    roles.put(role, new RoleKeys(role, keys, Math.min(2, list.size())));
                });
        return new RootMetadata(root, expires, "visionops", roles).form();
    }

    Map<String, Object> snapshotForm(long version, Pointer.Next next) {
        return new Pointer(Role.SNAPSHOT, version, expires, next).form();
    }

    Map<String, Object> timestampForm(long version, Pointer.Next next) {
        return new Pointer(Role.TIMESTAMP, version, expires, next).form();
    }

    static byte[] sign(Map<String, Object> form, Signer... by) {
        List<Envelope.Entry> entries = new ArrayList<>();
        for (Signer one : by) {
            entries.add(one.entry(form));
        }
        return envelope(form, entries);
    }

    static byte[] envelope(Map<String, Object> form, List<Envelope.Entry> entries) {
        return new Envelope("", form, entries).bytes();
    }

    /** Signs text as it is, canonical or not. */
    static byte[] signRaw(String signed, Signer... by) {
        StringBuilder entries = new StringBuilder();
        for (Signer one : by) {
            entries.append(entries.length() == 0 ? "" : ",")
                    .append("{\"keyid\":\"")
                    .append(one.key().id())
                    .append("\",\"sig\":\"")
                    .append(one.sign(signed.getBytes(StandardCharsets.UTF_8)))
                    .append("\"}");
        }
        return ("{\"signatures\":[" + entries + "],\"signed\":" + signed + "}")
                .getBytes(StandardCharsets.UTF_8);
    }

    static String text(Map<String, Object> form) {
        return new String(CanonicalJson.bytes(form), StandardCharsets.UTF_8);
    }

    /** One that a test may change, in its objects too. */
    static Map<String, Object> copy(Map<?, ?> form) {
        Map<String, Object> copied = new TreeMap<>();
        form.forEach(
                (name, value) ->
                        copied.put(
                                (String) name,
                                value instanceof Map<?, ?> map
                                        ? copy(map)
                                        : value instanceof List<?> list
                                                ? new ArrayList<Object>(list)
                                                : value));
        return copied;
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> in(Map<String, Object> form, String... path) {
        Map<String, Object> at = form;
        for (String name : path) {
            at = (Map<String, Object>) at.get(name);
        }
        return at;
    }
}
