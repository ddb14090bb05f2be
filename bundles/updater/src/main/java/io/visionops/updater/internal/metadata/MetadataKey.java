package io.visionops.updater.internal.metadata;

import io.visionops.support.Sha256;
import io.visionops.updater.internal.metadata.RepositoryException.Reason;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A public key as it stands in a root. Ed25519 is the only kind, so there is nothing to choose for
 * an attacker.
 *
 * @param id SHA-256 of its canonical form
 * @param hex its 32 bytes
 */
public record MetadataKey(String id, String hex, PublicKey key) {

    private static final String KIND = "ed25519";
    private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");
    private static final byte[] X509_HEAD = HexFormat.of().parseHex("302a300506032b6570032100");
    private static final int SIGNATURE_BYTES = 64;

    /** Of a key that was made here. */
    public static MetadataKey of(PublicKey key) {
        byte[] encoded = key.getEncoded();
        if (encoded.length != X509_HEAD.length + 32
                || !Arrays.equals(X509_HEAD, Arrays.copyOf(encoded, X509_HEAD.length))) {
            throw new IllegalArgumentException("not an Ed25519 key");
        }
        String hex = HexFormat.of().formatHex(encoded, X509_HEAD.length, encoded.length);
        return new MetadataKey(idOf(hex), hex, key);
    }

    static MetadataKey read(String id, Fields fields) throws RepositoryException {
        if (!KIND.equals(fields.text("keytype")) || !KIND.equals(fields.text("scheme"))) {
            throw fields.refused("scheme", "is not ed25519");
        }
        String hex = fields.text("public", HEX);
        if (!id.equals(idOf(hex))) {
            throw fields.refused("keyid", "is not the hash of the key");
        }
        byte[] encoded = Arrays.copyOf(X509_HEAD, X509_HEAD.length + 32);
        System.arraycopy(HexFormat.of().parseHex(hex), 0, encoded, X509_HEAD.length, 32);
        try {
            PublicKey key =
                    KeyFactory.getInstance("Ed25519")
                            .generatePublic(new X509EncodedKeySpec(encoded));
            return new MetadataKey(id, hex, key);
        } catch (GeneralSecurityException e) {
            throw fields.refused("public", "is no key");
        }
    }

    /** As it stands in a root. */
    public Map<String, Object> form() {
        return form(hex);
    }

    /** False as well for a signature of another length or form. */
    public boolean verifies(byte[] signed, byte[] signature) throws RepositoryException {
        if (signature.length != SIGNATURE_BYTES) {
            return false;
        }
        try {
            Signature check = Signature.getInstance("Ed25519");
            check.initVerify(key);
            check.update(signed);
            return check.verify(signature);
        } catch (SignatureException e) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new RepositoryException(Reason.LOCAL, "this Java has no Ed25519", e);
        }
    }

    private static String idOf(String hex) {
        return Sha256.hex(CanonicalJson.bytes(form(hex)));
    }

    private static Map<String, Object> form(String hex) {
        return Map.of("keytype", KIND, "scheme", KIND, "public", hex);
    }
}
