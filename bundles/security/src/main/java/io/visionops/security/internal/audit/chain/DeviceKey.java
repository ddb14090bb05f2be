package io.visionops.security.internal.audit.chain;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Signs checkpoints of this installation (Ed25519). Thread-safe. */
public final class DeviceKey {

    private static final String ED25519 = "Ed25519";

    private static final Pattern TEXT =
            Pattern.compile("private:([A-Za-z0-9+/=]+)\\s+public:([A-Za-z0-9+/=]+)\\s*");

    private final PrivateKey secret;
    private final DevicePublicKey known;

    private DeviceKey(PrivateKey secret, DevicePublicKey known) {
        this.secret = secret;
        this.known = known;
    }

    static DeviceKey generate() {
        try {
            KeyPair pair = KeyPairGenerator.getInstance(ED25519).generateKeyPair();
            return new DeviceKey(pair.getPrivate(), new DevicePublicKey(pair.getPublic()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no " + ED25519, e);
        }
    }

    /**
     * @throws IllegalArgumentException when it is none
     */
    static DeviceKey read(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("no device key");
        }
        try {
            byte[] secret = Base64.getDecoder().decode(matcher.group(1));
            return new DeviceKey(
                    KeyFactory.getInstance(ED25519)
                            .generatePrivate(new PKCS8EncodedKeySpec(secret)),
                    DevicePublicKey.read(matcher.group(2)));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("no device key", e);
        }
    }

    /** For its file. */
    String text() {
        return "private:"
                + Base64.getEncoder().encodeToString(secret.getEncoded())
                + "\npublic:"
                + known.text()
                + "\n";
    }

    public DevicePublicKey known() {
        return known;
    }

    String sign(String claim) {
        try {
            Signature signature = Signature.getInstance(ED25519);
            signature.initSign(secret);
            signature.update(claim.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the device key does not sign", e);
        }
    }
}
