package io.visionops.shell.internal.json;

import io.visionops.api.secret.SecretInfo;
import java.time.Instant;
import java.util.List;

/**
 * A secret without its value.
 *
 * @param version 1 for the first value
 * @param by who set it, as in {@code user/anna}
 * @param cameras that name it
 */
public record SecretRow(
        String name, int version, Instant changed, String by, List<String> cameras) {

    public static SecretRow of(SecretInfo secret, List<String> cameras) {
        return new SecretRow(
                secret.name(), secret.version(), secret.changed(), secret.by().toString(), cameras);
    }
}
