package io.visionops.login.internal.realm;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import javax.security.auth.Subject;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.PasswordCallback;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.auth.login.FailedLoginException;
import javax.security.auth.login.LoginException;
import org.apache.karaf.jaas.boot.principal.ClientPrincipal;
import org.apache.karaf.jaas.boot.principal.GroupPrincipal;
import org.apache.karaf.jaas.boot.principal.RolePrincipal;
import org.apache.karaf.jaas.boot.principal.UserPrincipal;
import org.apache.karaf.jaas.modules.AbstractKarafLoginModule;
import org.jspecify.annotations.Nullable;

/** Logs in by name and password. JAAS makes one for each login. */
public final class PasswordLoginModule extends AbstractKarafLoginModule {

    /** Option that holds the {@link Authenticator}. */
    static final String AUTHENTICATOR = Authenticator.class.getName();

    private @Nullable Authenticator authenticator;

    @Override
    public void initialize(
            Subject subject,
            CallbackHandler handler,
            Map<String, ?> sharedState,
            Map<String, ?> options) {
        super.initialize(subject, handler, options);
        authenticator = (Authenticator) options.get(AUTHENTICATOR);
    }

    @Override
    public boolean login() throws LoginException {
        NameCallback name = new NameCallback("User: ");
        PasswordCallback password = new PasswordCallback("Password: ", false);
        ask(name, password);
        if (name.getName() == null || password.getPassword() == null || authenticator == null) {
            throw new FailedLoginException("login failed");
        }
        User user = login(authenticator, name.getName(), new String(password.getPassword()));
        principals.add(new UserPrincipal(user.name()));
        user.groups().forEach(group -> principals.add(new GroupPrincipal(group)));
        user.roles().forEach(role -> principals.add(new RolePrincipal(role)));
        succeeded = true;
        return true;
    }

    private User login(Authenticator by, String name, String password) throws LoginException {
        Optional<User> user;
        try {
            user = by.login(name, password, subject.getPrincipals(ClientPrincipal.class));
        } catch (IOException e) {
            throw new LoginException("users.properties cannot be read: " + e.getMessage());
        }
        return user.orElseThrow(() -> new FailedLoginException("login failed"));
    }

    private void ask(Callback... callbacks) throws LoginException {
        try {
            callbackHandler.handle(callbacks);
        } catch (IOException | UnsupportedCallbackException e) {
            // A client with a public key has no password to tell; the next module asks it.
            throw new FailedLoginException("no password");
        }
    }
}
