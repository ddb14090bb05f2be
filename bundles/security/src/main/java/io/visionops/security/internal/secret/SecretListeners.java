package io.visionops.security.internal.secret;

import io.visionops.api.secret.SecretListener;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who is told of changes; a listener that fails does not keep the others from it. Thread-safe. */
final class SecretListeners {

    private static final Logger LOG = LoggerFactory.getLogger(SecretListeners.class);

    private final List<SecretListener> all = new CopyOnWriteArrayList<>();

    void add(SecretListener listener) {
        all.add(listener);
    }

    void remove(SecretListener listener) {
        all.remove(listener);
    }

    void tell(Set<String> names) {
        if (names.isEmpty()) {
            return;
        }
        for (SecretListener one : all) {
            try {
                one.changed(names);
            } catch (RuntimeException e) {
                LOG.error("a listener to secrets failed", e);
            }
        }
    }
}
