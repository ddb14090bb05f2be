package io.visionops.updater.internal.metadata;

import io.visionops.updater.internal.metadata.RepositoryException.Reason;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Which keys sign what. The one in the distribution is where all trust begins. */
public record RootMetadata(
        long version, Instant expires, String product, Map<Role, RoleKeys> roles) {

    private static final int MOST_KEYS = 32;
    private static final Pattern PRODUCT = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");

    public RootMetadata {
        roles = Map.copyOf(roles);
    }

    /**
     * The first one, by what it says itself: whoever calls this trusts the bytes for another
     * reason.
     */
    public static RootMetadata pinned(String what, byte[] bytes) throws RepositoryException {
        Envelope envelope = Envelope.read(what, bytes, Role.ROOT);
        RootMetadata root = read(new Fields(what, envelope.signed()));
        root.keys(Role.ROOT).verify(envelope);
        return root;
    }

    /** The next one, signed by the keys of this one and by its own. */
    public RootMetadata next(byte[] bytes) throws RepositoryException {
        String what = Role.ROOT.fileName(version + 1);
        Envelope envelope = Envelope.read(what, bytes, Role.ROOT);
        RootMetadata next = read(keys(Role.ROOT).verify(envelope));
        next.keys(Role.ROOT).verify(envelope);
        if (next.version != version + 1) {
            throw new RepositoryException(
                    Reason.ROLLBACK, what + " has version " + next.version + " in it");
        }
        if (!next.product.equals(product)) {
            throw new RepositoryException(
                    Reason.WRONG_PRODUCT, what + " is of the product " + next.product);
        }
        return next;
    }

    public RoleKeys keys(Role role) {
        RoleKeys keys = roles.get(role);
        if (keys == null) {
            throw new IllegalStateException("a root has all roles");
        }
        return keys;
    }

    /** As it is signed. */
    public Map<String, Object> form() {
        Map<String, Object> keys = new HashMap<>();
        Map<String, Object> named = new HashMap<>();
        roles.forEach(
                (role, of) -> {
                    of.keys().forEach((id, key) -> keys.put(id, key.form()));
                    named.put(
                            role.word(),
                            Map.of(
                                    "keyids",
                                    of.keys().keySet().stream().sorted().toList(),
                                    "threshold",
                                    (long) of.threshold()));
                });
        Map<String, Object> form = Pointer.head(Role.ROOT, version, expires);
        form.put("product", product);
        form.put("keys", keys);
        form.put("roles", named);
        return form;
    }

    private static RootMetadata read(Fields fields) throws RepositoryException {
        long version = fields.number("version", 1, Pointer.MOST_VERSION);
        Map<String, MetadataKey> keys = new LinkedHashMap<>();
        Fields listed = fields.object("keys");
        if (listed.values().size() > MOST_KEYS) {
            throw fields.refused("keys", "are more than " + MOST_KEYS);
        }
        for (Map.Entry<?, ?> one : listed.values().entrySet()) {
            String id = (String) one.getKey();
            keys.put(id, MetadataKey.read(id, Fields.of(fields.what() + " key", one.getValue())));
        }
        Set<String> used = new HashSet<>();
        Map<Role, RoleKeys> roles = new EnumMap<>(Role.class);
        for (Role role : Role.values()) {
            roles.put(role, roleKeys(role, fields.object("roles").object(role.word()), keys, used));
        }
        return new RootMetadata(
                version, fields.instant("expires"), fields.text("product", PRODUCT), roles);
    }

    /** A key of two roles would let the one that is online speak for the one that is not. */
    private static RoleKeys roleKeys(
            Role role, Fields fields, Map<String, MetadataKey> keys, Set<String> used)
            throws RepositoryException {
        List<String> ids = fields.texts("keyids", MOST_KEYS);
        Map<String, MetadataKey> own = new HashMap<>();
        for (String id : ids) {
            MetadataKey key = keys.get(id);
            if (key == null) {
                throw fields.refused("keyids", "name a key that is not listed");
            }
            if (!used.add(id)) {
                throw fields.refused("keyids", "name a key twice, or one of another role");
            }
            own.put(id, key);
        }
        long threshold = fields.number("threshold", 1, Math.max(1, own.size()));
        if (own.isEmpty()) {
            throw fields.refused("keyids", "are none");
        }
        return new RoleKeys(role, own, (int) threshold);
    }
}
