package io.visionops.updater.internal.metadata;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What is signed, and by whom it claims to be. Nothing of what is signed may be believed before
 * {@link RoleKeys#verify}.
 *
 * @param what for messages, such as {@code 7.targets.json}
 */
public record Envelope(String what, Map<String, Object> signed, List<Entry> signatures) {

    private static final int MOST_SIGNATURES = 16;
    private static final Pattern KEY_ID = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern SIGNATURE = Pattern.compile("[0-9a-f]{0,256}");
    private static final StrictJson JSON = new StrictJson();

    /**
     * One signature.
     *
     * @param sig in hexadecimal
     */
    public record Entry(String keyId, String sig) {}

    public static Envelope read(String what, byte[] bytes, Role role) throws RepositoryException {
        Fields all = new Fields(what, JSON.read(what, bytes, role.mostBytes()));
        if (all.values().size() != 2) {
            throw all.refused("envelope", "has other fields than signatures and signed");
        }
        List<Entry> signatures = new ArrayList<>();
        for (Object one : all.list("signatures", MOST_SIGNATURES)) {
            Fields fields = Fields.of(what + " signature", one);
            if (fields.values().size() != 2) {
                throw fields.refused("signature", "has other fields than keyid and sig");
            }
            signatures.add(new Entry(fields.text("keyid", KEY_ID), evenHex(fields)));
        }
        Map<String, Object> signed = new LinkedHashMap<>();
        all.object("signed").values().forEach((name, value) -> signed.put((String) name, value));
        return new Envelope(what, signed, List.copyOf(signatures));
    }

    /** In the form in which it is read again. */
    public byte[] bytes() {
        List<Object> entries = new ArrayList<>();
        for (Entry one : signatures) {
            entries.add(Map.of("keyid", one.keyId(), "sig", one.sig()));
        }
        return CanonicalJson.bytes(Map.of("signatures", entries, "signed", signed));
    }

    /** What signatures are of. */
    public byte[] signedBytes() {
        return CanonicalJson.bytes(signed);
    }

    private static String evenHex(Fields fields) throws RepositoryException {
        String hex = fields.text("sig", SIGNATURE);
        if (hex.length() % 2 != 0) {
            throw fields.refused("sig", "is cut off");
        }
        return hex;
    }
}
