package io.visionops.shell.internal;

import io.visionops.api.secret.SecretException;
import io.visionops.api.secret.SecretInfo;
import io.visionops.api.secret.SecretStore;
import io.visionops.api.subject.Actor;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Keeps them in memory. */
final class FakeSecretStore implements SecretStore {

    static final Instant SET = Instant.parse("2026-01-01T11:00:00Z");

    final Map<String, String> values = new TreeMap<>();

    /** What everything is answered with. */
    Optional<SecretException> refuses = Optional.empty();

    @Override
    public List<SecretInfo> list() throws SecretException {
        check();
        return values.keySet().stream()
                .map(name -> new SecretInfo(name, 1, SET, Actor.user("anna")))
                .toList();
    }

    @Override
    public void set(String name, String value, Actor by) throws SecretException {
        check();
        values.put(name, value);
    }

    @Override
    public void remove(String name, Actor by) throws SecretException {
        check();
        if (values.remove(name) == null) {
            throw new SecretException("there is no secret of that name");
        }
    }

    @Override
    public int rotate(Actor by) throws SecretException {
        check();
        return values.size();
    }

    @Override
    public int rotateMaster(Actor by) throws SecretException {
        check();
        return values.size();
    }

    @Override
    public Optional<Path> masterKeyFile() {
        return Optional.empty();
    }

    private void check() throws SecretException {
        if (refuses.isPresent()) {
            throw refuses.get();
        }
    }
}
