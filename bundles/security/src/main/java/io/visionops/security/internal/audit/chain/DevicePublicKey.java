package io.visionops.security.internal.audit.chain;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/** By which everybody can tell what an installation has signed. */
public record DevicePublicKey(PublicKey key) {

    /**
     * Reads the base64 of the key, with or without the lines of PEM around it.
     *
     * @throws IllegalArgumentException when it is none
     */
    public static DevicePublicKey read(String text) {
        String base64 = text.replaceAll("-----[A-Z ]+-----|\\s", "");
        try {
            byte[] bytes = Base64.getDecoder().decode(base64);
            return new DevicePublicKey(
                    KeyFactory.getInstance("Ed25519")
                            .generatePublic(new X509EncodedKeySpec(bytes)));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("no Ed25519 public key", e);
        }
    }

    public String text() {
        return Base64.getEncoder().encodeToString(key.getEncoded());
    }

    /** As openssl reads it. */
    public String pem() {
        return "-----BEGIN PUBLIC KEY-----\n" + text() + "\n-----END PUBLIC KEY-----\n";
    }

    public boolean hasSigned(String claim, String signature) {
        try {
            Signature check = Signature.getInstance("Ed25519");
            check.initVerify(key);
            check.update(claim.getBytes(StandardCharsets.UTF_8));
            return check.verify(Base64.getDecoder().decode(signature));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }
}
