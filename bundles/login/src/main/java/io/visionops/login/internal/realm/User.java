package io.visionops.login.internal.realm;

import io.visionops.login.internal.digest.StoredPassword;
import java.util.List;

/** One line of users.properties, with the roles of its groups. */
public record User(String name, StoredPassword password, List<String> groups, List<String> roles) {}
