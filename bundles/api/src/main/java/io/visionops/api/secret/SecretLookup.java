package io.visionops.api.secret;

import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** Finds the value of a secret by its name. Thread-safe. */
@ProviderType
public interface SecretLookup {

    /**
     * The value, if there is a secret of that name. Who asks must neither write it to a file or a
     * log nor show it.
     *
     * @throws SecretException when secrets cannot be read now
     */
    Optional<String> find(String name) throws SecretException;
}
