package io.visionops.api.user;

import java.util.Optional;

/**
 * A user.
 *
 * @param role the highest that it has; empty for one that may nothing
 * @param password whether it logs in by password
 * @param key whether it logs in by a public key
 */
public record UserInfo(String name, Optional<UserRole> role, boolean password, boolean key) {}
