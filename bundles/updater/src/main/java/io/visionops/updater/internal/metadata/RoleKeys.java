package io.visionops.updater.internal.metadata;

import io.visionops.support.Sha256;
import io.visionops.updater.internal.metadata.RepositoryException.Reason;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;

/**
 * The keys of a role, and how many of them have to sign.
 *
 * @param keys by their ids
 */
public record RoleKeys(Role role, Map<String, MetadataKey> keys, int threshold) {

    public RoleKeys {
        keys = Map.copyOf(keys);
        if (threshold < 1 || threshold > keys.size()) {
            throw new IllegalArgumentException("threshold " + threshold + " of " + keys.size());
        }
    }

    /**
     * What the envelope holds, if enough keys of this role have signed it and it says that it is of
     * this role. A key counts once; the same key named twice is refused, as nobody honest does it.
     */
    Fields verify(Envelope envelope) throws RepositoryException {
        byte[] signed = envelope.signedBytes();
        Set<String> named = new HashSet<>();
        int valid = 0;
        for (Envelope.Entry one : envelope.signatures()) {
            if (!named.add(one.keyId())) {
                throw new RepositoryException(
                        Reason.UNSIGNED, envelope.what() + " names a key twice in its signatures");
            }
            MetadataKey key = keys.get(one.keyId());
            if (key != null && key.verifies(signed, HexFormat.of().parseHex(one.sig()))) {
                valid++;
            }
        }
        if (valid < threshold) {
            throw new RepositoryException(
                    Reason.UNSIGNED,
                    envelope.what()
                            + " is signed by "
                            + valid
                            + " of the keys for "
                            + role.word()
                            + ", and "
                            + threshold
                            + (threshold == 1 ? " is needed" : " are needed"));
        }
        Fields fields = new Fields(envelope.what(), envelope.signed());
        if (!role.word().equals(fields.text("type"))) {
            throw fields.refused("type", "is not " + role.word());
        }
        if (fields.number("format", 0, StrictJson.MOST) != 1) {
            throw fields.refused("format", "is not 1: a newer VisionOps has to be installed first");
        }
        return fields;
    }

    /** Changes when the keys do. */
    public String fingerprint() {
        return Sha256.hex(CanonicalJson.bytes(keys.keySet().stream().sorted().toList()));
    }
}
