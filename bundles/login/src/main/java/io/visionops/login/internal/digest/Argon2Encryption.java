package io.visionops.login.internal.digest;

import java.util.Map;
import org.apache.karaf.jaas.modules.Encryption;
import org.apache.karaf.jaas.modules.EncryptionService;

/**
 * Argon2id for Karaf's own realm, which is asked where ours is missing. It gets lines of
 * users.properties with their marks, which no password matches.
 */
public final class Argon2Encryption implements EncryptionService, Encryption {

    /** Value of {@code encryption.name} in org.apache.karaf.jaas.cfg. */
    public static final String NAME = "argon2id";

    private final Argon2id argon2id;

    public Argon2Encryption(Argon2id argon2id) {
        this.argon2id = argon2id;
    }

    @Override
    public Encryption createEncryption(Map<String, String> options) {
        return this;
    }

    @Override
    public String encryptPassword(String password) {
        return argon2id.digest(password);
    }

    @Override
    public boolean checkPassword(String password, String digest) {
        return StoredPassword.ofDigest(digest).matches(password, argon2id);
    }
}
