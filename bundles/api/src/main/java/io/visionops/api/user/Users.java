package io.visionops.api.user;

import io.visionops.api.subject.Actor;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** The users that may log in. Changes are in force when a call returns. Thread-safe. */
@ProviderType
public interface Users {

    /** Characters of a password at least. */
    int SHORTEST_PASSWORD = 12;

    /** Characters of a password at most. */
    int LONGEST_PASSWORD = 128;

    /** Everybody who may log in, ordered by name. */
    List<UserInfo> list() throws UserException;

    /**
     * Adds a user who logs in by password.
     *
     * @param name 1 to 64 of a-z A-Z 0-9 . _ -, beginning with a letter
     * @throws UserException when there is one of that name, or name or password are not allowed
     */
    void add(String name, UserRole role, String password, Actor by) throws UserException;

    /**
     * Removes a user, with its public key; whoever is logged in by that name is logged out.
     *
     * @throws UserException when there is none of that name, or no admin would be left
     */
    void remove(String name, Actor by) throws UserException;

    /**
     * Gives a user another password.
     *
     * @throws UserException when there is none of that name who has a password, or the new one is
     *     not allowed
     */
    void setPassword(String name, String password, Actor by) throws UserException;
}
