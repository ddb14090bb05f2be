package io.visionops.login.internal.realm;

import io.visionops.login.internal.guard.LoginListener;
import io.visionops.login.internal.guard.Visitor;
import java.io.IOException;
import java.util.Map;
import javax.security.auth.Subject;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.auth.login.FailedLoginException;
import javax.security.auth.login.LoginException;
import org.apache.karaf.jaas.boot.principal.ClientPrincipal;
import org.apache.karaf.jaas.modules.publickey.PublickeyLoginModule;
import org.jspecify.annotations.Nullable;

/** Karaf's check of keys; tells of those that it refuses. JAAS makes one for each login. */
public final class KeyLoginModule extends PublickeyLoginModule {

    /** Option that holds the {@link LoginListener}. */
    static final String LISTENER = LoginListener.class.getName();

    private @Nullable LoginListener listener;

    /** Of the client; the name that was typed may be no user's. */
    private boolean asked;

    @Override
    public void initialize(
            Subject subject,
            CallbackHandler handler,
            Map<String, ?> sharedState,
            Map<String, ?> options) {
        super.initialize(subject, callbacks -> ask(handler, callbacks), sharedState, options);
        listener = (LoginListener) options.get(LISTENER);
    }

    /** A client with a password has no key to tell, and is none that is refused here. */
    private void ask(CallbackHandler handler, Callback... callbacks)
            throws IOException, UnsupportedCallbackException {
        handler.handle(callbacks);
        asked = callbacks.length > 0 && callbacks[0] instanceof NameCallback;
    }

    @Override
    public boolean login() throws LoginException {
        try {
            return super.login();
        } catch (FailedLoginException e) {
            LoginListener told = listener;
            if (asked && told != null) {
                told.refused(
                        Visitor.of("", false, subject.getPrincipals(ClientPrincipal.class)),
                        "a key that is not known");
            }
            throw e;
        }
    }
}
