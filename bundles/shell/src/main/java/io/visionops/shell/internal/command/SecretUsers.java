package io.visionops.shell.internal.command;

import io.visionops.api.camera.Cameras;
import java.util.List;

/** Which cameras name a secret. */
final class SecretUsers {

    private SecretUsers() {}

    static List<String> of(Cameras cameras, String secret) {
        return cameras.secretsUsed().entrySet().stream()
                .filter(one -> one.getValue().contains(secret))
                .map(one -> one.getKey())
                .sorted()
                .toList();
    }
}
