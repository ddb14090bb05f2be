package io.visionops.api.user;

import java.util.Locale;
import java.util.Optional;

/** What a user may do; each role may what those before it may. */
public enum UserRole {
    VIEWER,
    OPERATOR,
    ADMIN;

    /** As people write it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The role of a word, if there is one. */
    public static Optional<UserRole> of(String word) {
        for (UserRole one : values()) {
            if (one.word().equals(word)) {
                return Optional.of(one);
            }
        }
        return Optional.empty();
    }
}
