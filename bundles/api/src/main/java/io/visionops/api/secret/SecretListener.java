package io.visionops.api.secret;

import java.util.Set;
import org.osgi.annotation.versioning.ConsumerType;

/** Told as a service of secrets that have another value, are new, or are gone. */
@ConsumerType
@FunctionalInterface
public interface SecretListener {

    /**
     * Must not block.
     *
     * @param names of secrets that are to be looked up again
     */
    void changed(Set<String> names);
}
