package io.visionops.ingest.internal;

import io.visionops.api.secret.SecretException;
import io.visionops.api.secret.SecretLookup;
import io.visionops.ingest.internal.config.InvalidSetting;
import io.visionops.ingest.internal.config.Secrets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Secrets as the part security has them; while it is replaced none can be had. Thread-safe. */
final class CameraSecrets implements Secrets {

    private volatile @Nullable SecretLookup lookup;

    synchronized void use(SecretLookup one) {
        lookup = one;
    }

    /** Its successor, if it came before, stays. */
    synchronized void leave(SecretLookup one) {
        if (lookup == one) {
            lookup = null;
        }
    }

    @Override
    public Optional<String> find(String name) throws InvalidSetting {
        SecretLookup now = lookup;
        if (now == null) {
            throw InvalidSetting.passing(
                    "secret "
                            + name
                            + " cannot be looked up yet: bundle io.visionops.security is not there");
        }
        try {
            return now.find(name);
        } catch (SecretException e) {
            throw InvalidSetting.passing(
                    "secret " + name + " cannot be looked up: " + e.getMessage());
        }
    }
}
