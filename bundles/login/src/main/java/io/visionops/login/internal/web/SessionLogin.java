package io.visionops.login.internal.web;

import io.visionops.login.internal.guard.Visitor;
import io.visionops.login.internal.realm.Authenticator;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.karaf.jaas.boot.principal.ClientPrincipal;
import org.jspecify.annotations.Nullable;

/**
 * The web console looks at a password once a session, and lets that session go on whatever becomes
 * of its user. Here the login of each request of a session is looked at, before the console sees
 * it: a user who was removed, or has another password, is out. Thread-safe.
 */
public final class SessionLogin {

    private static final String COOKIE = "JSESSIONID";

    private final Authenticator authenticator;

    public SessionLogin(Authenticator authenticator) {
        this.authenticator = authenticator;
    }

    /**
     * Is this a request of a session whose login does not hold any more?
     *
     * @param uri of the request, which may name a session too
     * @param authorization its headers of that name; without one the console asks for a login
     * @param address of the browser, with its port
     */
    boolean isOver(
            @Nullable String uri,
            List<String> cookies,
            List<String> authorization,
            String address) {
        boolean session =
                cookies.stream().anyMatch(one -> one.contains(COOKIE))
                        || uri != null && uri.toUpperCase(Locale.ROOT).contains(COOKIE);
        if (!session || authorization.isEmpty()) {
            return false;
        }
        Optional<BasicLogin> login = BasicLogin.of(authorization);
        if (login.isEmpty()) {
            return true;
        }
        try {
            return authenticator
                    .login(
                            login.get().name(),
                            login.get().password(),
                            List.of(new ClientPrincipal(Visitor.WEB_CONSOLE, address)))
                    .isEmpty();
        } catch (IOException e) {
            // Nobody can log in now: see what reads the users for the console.
            return true;
        }
    }
}
