package io.visionops.login.internal.ssh;

import java.util.function.Consumer;
import org.apache.sshd.common.session.helpers.AbstractSession;
import org.apache.sshd.server.SshServer;
import org.osgi.framework.BundleContext;
import org.osgi.util.tracker.ServiceTracker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends the sessions of a user who may not log in any more. */
public final class SshSessions extends ServiceTracker<SshServer, SshServer>
        implements Consumer<String> {

    private static final Logger LOG = LoggerFactory.getLogger(SshSessions.class);

    public SshSessions(BundleContext context) {
        super(context, SshServer.class, null);
    }

    @Override
    public void accept(String user) {
        for (SshServer server : getTracked().values()) {
            // One that is being started has no sessions, and says so by an error.
            if (!server.isStarted()) {
                continue;
            }
            for (AbstractSession session : server.getActiveSessions()) {
                if (user.equals(session.getUsername())) {
                    session.close(true);
                    LOG.info("the ssh session of user {} is ended", user);
                }
            }
        }
    }
}
