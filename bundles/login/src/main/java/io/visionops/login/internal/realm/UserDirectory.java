package io.visionops.login.internal.realm;

import io.visionops.api.subject.Actor;
import io.visionops.api.user.UserException;
import io.visionops.api.user.UserInfo;
import io.visionops.api.user.UserRole;
import io.visionops.api.user.Users;
import io.visionops.login.internal.digest.Argon2id;
import io.visionops.login.internal.digest.StoredPassword;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes who may log in, in the files that logins are checked with: so each change holds at the
 * next request. Thread-safe.
 */
public final class UserDirectory implements Users {

    private static final Logger LOG = LoggerFactory.getLogger(UserDirectory.class);

    private static final Pattern NAME = Pattern.compile("[a-zA-Z][a-zA-Z0-9._-]{0,63}");

    /** Who the launcher makes at the first start, and where it leaves that password. */
    private static final String FIRST_ADMIN = "admin";

    private static final String FIRST_PASSWORD = "admin-password";

    private final Path etc;
    private final UsersFile users;
    private final UsersFile keys;
    private final Argon2id argon2id;
    private final Consumer<String> sessions;

    /**
     * @param users etc/users.properties, the one that logins read
     * @param sessions ends those of a user
     */
    public UserDirectory(UsersFile users, Path etc, Argon2id argon2id, Consumer<String> sessions) {
        this.etc = etc;
        this.users = users;
        keys = new UsersFile(etc.resolve("keys.properties"));
        this.argon2id = argon2id;
        this.sessions = sessions;
    }

    @Override
    public synchronized List<UserInfo> list() throws UserException {
        try {
            Map<String, User> byPassword = users.all();
            Map<String, User> byKey = keys.all();
            Set<String> names = new TreeSet<>(byPassword.keySet());
            names.addAll(byKey.keySet());
            List<UserInfo> all = new ArrayList<>();
            for (String name : names) {
                User user = byPassword.getOrDefault(name, byKey.get(name));
                all.add(
                        new UserInfo(
                                name,
                                user == null ? Optional.empty() : role(user),
                                byPassword.containsKey(name),
                                byKey.containsKey(name)));
            }
            return all;
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private static Optional<UserRole> role(User user) {
        Optional<UserRole> highest = Optional.empty();
        for (UserRole one : UserRole.values()) {
            if (user.roles().contains(one.word())) {
                highest = Optional.of(one);
            }
        }
        return highest;
    }

    @Override
    public synchronized void add(String name, UserRole role, String password, Actor by)
            throws UserException {
        if (!NAME.matcher(name).matches()) {
            throw new UserException(
                    "a user's name must be 1..64 of a-z A-Z 0-9 . _ - and begin with a letter");
        }
        checkPassword(name, password);
        try {
            if (users.all().containsKey(name) || keys.all().containsKey(name)) {
                throw new UserException("there is a user " + name + " already");
            }
            users.add(name, stored(password), role.word() + "group");
        } catch (IOException e) {
            throw unwritable(e);
        }
        LOG.info("user {} is added as {} by {}", name, role.word(), by);
    }

    private StoredPassword stored(String password) {
        return StoredPassword.ofDigest(argon2id.digest(password));
    }

    private static void checkPassword(String name, String password) throws UserException {
        if (password.length() < SHORTEST_PASSWORD || password.length() > LONGEST_PASSWORD) {
            throw new UserException(
                    "a password must have "
                            + SHORTEST_PASSWORD
                            + ".."
                            + LONGEST_PASSWORD
                            + " characters");
        }
        if (password.chars().anyMatch(Character::isISOControl)) {
            throw new UserException("a password must not hold control characters");
        }
        if (password.toLowerCase(Locale.ROOT).contains(name.toLowerCase(Locale.ROOT))
                && password.length() < name.length() + SHORTEST_PASSWORD) {
            throw new UserException("a password must not be made of the user's name");
        }
        if (password.chars().distinct().count() < 4) {
            throw new UserException("a password must have four different characters at least");
        }
    }

    @Override
    public synchronized void remove(String name, Actor by) throws UserException {
        List<UserInfo> all = list();
        UserInfo user =
                all.stream()
                        .filter(one -> one.name().equals(name))
                        .findFirst()
                        .orElseThrow(UserDirectory::unknown);
        boolean another =
                all.stream()
                        .anyMatch(
                                one ->
                                        !one.name().equals(name)
                                                && one.role().equals(Optional.of(UserRole.ADMIN)));
        if (user.role().equals(Optional.of(UserRole.ADMIN)) && !another) {
            throw new UserException("user " + name + " is the last admin: add another one first");
        }
        try {
            // The key first: half of this leaves a user who can be removed again.
            keys.remove(name);
            users.remove(name);
        } catch (IOException e) {
            throw unwritable(e);
        }
        forgetFirstPassword(name);
        sessions.accept(name);
        LOG.info("user {} is removed by {}", name, by);
    }

    @Override
    public synchronized void setPassword(String name, String password, Actor by)
            throws UserException {
        try {
            User user = users.all().get(name);
            if (user == null) {
                throw unknown();
            }
            checkPassword(name, password);
            users.replace(user, stored(password));
        } catch (IOException e) {
            throw unwritable(e);
        }
        forgetFirstPassword(name);
        LOG.info("user {} has another password, set by {}", name, by);
    }

    /** What stands there opens nothing any more. */
    private void forgetFirstPassword(String name) {
        if (name.equals(FIRST_ADMIN)) {
            try {
                Files.deleteIfExists(etc.resolve(FIRST_PASSWORD));
            } catch (IOException e) {
                LOG.warn("{} cannot be removed: {}", FIRST_PASSWORD, e.toString());
            }
        }
    }

    private static UserException unknown() {
        return new UserException("there is no user of that name who has a password");
    }

    private static UserException unreadable(IOException e) {
        return new UserException("users.properties cannot be read: " + e.getMessage(), e);
    }

    private static UserException unwritable(IOException e) {
        return new UserException(
                "users.properties cannot be changed, and is as it was: " + e.getMessage(), e);
    }
}
