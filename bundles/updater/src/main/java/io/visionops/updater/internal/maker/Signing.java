package io.visionops.updater.internal.maker;

import io.visionops.updater.internal.metadata.MetadataKey;
import io.visionops.updater.internal.metadata.RepositoryException;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.HexFormat;

/** Ed25519. */
final class Signing {

    private static final byte[] PROBE = {1};

    private Signing() {}

    /** In hexadecimal. */
    static String sign(PrivateKey key, byte[] bytes) throws ToolException {
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(key);
            signature.update(bytes);
            return HexFormat.of().formatHex(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new ToolException("cannot sign: " + e, e);
        }
    }

    /** Java does not derive a public key from a private one: what one signs, the other verifies. */
    static boolean belong(PrivateKey mine, MetadataKey key) throws ToolException {
        try {
            return key.verifies(PROBE, HexFormat.of().parseHex(sign(mine, PROBE)));
        } catch (RepositoryException e) {
            throw new ToolException(String.valueOf(e.getMessage()), e);
        }
    }
}
