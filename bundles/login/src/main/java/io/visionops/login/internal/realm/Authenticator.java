package io.visionops.login.internal.realm;

import io.visionops.api.time.Ticker;
import io.visionops.login.internal.digest.Argon2id;
import io.visionops.login.internal.digest.StoredPassword;
import io.visionops.login.internal.guard.LoginGuard;
import io.visionops.login.internal.guard.LoginListener;
import io.visionops.login.internal.guard.Visitor;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.apache.karaf.jaas.boot.principal.ClientPrincipal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks names and passwords for every door, one after another behind the guard. Thread-safe. */
public final class Authenticator {

    private static final Logger LOG = LoggerFactory.getLogger(Authenticator.class);

    private final UsersFile users;
    private final Argon2id argon2id;
    private final LoginGuard guard;
    private final CheckedPasswords checked;
    private final LoginListener listener;
    private final Executor disk;

    /**
     * @param disk by which digests are written: who logs in does not wait for that
     */
    public Authenticator(
            UsersFile users,
            Argon2id argon2id,
            Ticker ticker,
            LoginListener listener,
            Executor disk) {
        this.users = users;
        this.disk = disk;
        this.argon2id = argon2id;
        this.listener = listener;
        guard = new LoginGuard(ticker, LOG, listener);
        checked = new CheckedPasswords(ticker);
    }

    /**
     * Replaces passwords that somebody typed into the file by their digests. Those with letters
     * beyond ASCII wait for a login, which tells how they were meant.
     */
    public void digestTypedPasswords() {
        try {
            for (User user : users.all().values()) {
                if (user.password().isTypedInAscii()) {
                    String digest = argon2id.digest(user.password().text());
                    keep(user, StoredPassword.ofDigest(digest));
                }
            }
        } catch (IOException e) {
            LOG.warn("users.properties cannot be read: {}", e.getMessage());
        }
    }

    /**
     * The user of that name and password, if there is one and the guard lets the client try.
     *
     * @throws IOException when users.properties cannot be read
     */
    public Optional<User> login(String name, String password, Iterable<ClientPrincipal> clients)
            throws IOException {
        Optional<User> user = users.find(name);
        Visitor visitor = Visitor.of(name, user.isPresent(), clients);
        boolean known = user.filter(one -> checked.contains(one, password)).isPresent();
        boolean right = known || guard.tries(visitor, () -> isRight(user, password));
        if (right && !(known && visitor.sendsPasswordEachTime())) {
            LOG.info("login: user {} over {}", name, visitor.door());
            listener.accepted(visitor);
        }
        return right ? user : Optional.empty();
    }

    /**
     * Takes the time of one Argon2id whatever comes out, so that the time does not tell who exists.
     */
    private boolean isRight(Optional<User> found, String password) {
        if (found.isEmpty()) {
            argon2id.digest(password);
            return false;
        }
        User user = found.get();
        boolean right = user.password().matches(password, argon2id);
        if (!user.password().isSlow()) {
            StoredPassword slow = StoredPassword.ofDigest(argon2id.digest(password));
            if (right) {
                disk.execute(() -> keep(user, slow));
            }
        }
        if (right) {
            checked.add(user, password);
        }
        return right;
    }

    private void keep(User user, StoredPassword slow) {
        try {
            users.replace(user, slow);
        } catch (IOException e) {
            LOG.warn(
                    "the password of user {} stays in its old form, since users.properties cannot be"
                            + " written: {}",
                    user.name(),
                    e.getMessage());
        }
    }
}
