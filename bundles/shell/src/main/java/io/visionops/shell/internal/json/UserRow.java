package io.visionops.shell.internal.json;

import io.visionops.api.user.UserInfo;
import io.visionops.api.user.UserRole;
import org.jspecify.annotations.Nullable;

/**
 * A user.
 *
 * @param role null for one that may nothing
 * @param password whether it logs in by password
 * @param key whether it logs in by a public key
 */
public record UserRow(String name, @Nullable String role, boolean password, boolean key) {

    public static UserRow of(UserInfo user) {
        return new UserRow(
                user.name(),
                user.role().map(UserRole::word).orElse(null),
                user.password(),
                user.key());
    }
}
