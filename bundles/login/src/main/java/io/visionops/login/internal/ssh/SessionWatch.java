package io.visionops.login.internal.ssh;

import io.visionops.api.audit.AuditEntry;
import io.visionops.login.internal.audit.LoginAudit;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;
import org.apache.sshd.server.SshServer;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTracker;

/**
 * Audits sessions of the ssh server: a login by key passes no password module, and a client that
 * only asks whether a key would do has not logged in.
 */
public final class SessionWatch extends ServiceTracker<SshServer, SshServer>
        implements SessionListener {

    private final LoginAudit audit;

    public SessionWatch(BundleContext context, LoginAudit audit) {
        super(context, SshServer.class, null);
        this.audit = audit;
    }

    @Override
    public SshServer addingService(ServiceReference<SshServer> reference) {
        SshServer server = super.addingService(reference);
        server.addSessionListener(this);
        return server;
    }

    @Override
    public void sessionEvent(Session session, Event event) {
        if (event == Event.Authenticated) {
            tell(session, "session-open");
        }
    }

    @Override
    public void sessionClosed(Session session) {
        if (session.isAuthenticated()) {
            tell(session, "session-close");
        }
    }

    private void tell(Session session, String action) {
        String user = session.getUsername();
        SocketAddress remote = session.getIoSession().getRemoteAddress();
        String address =
                remote instanceof InetSocketAddress inet && inet.getAddress() != null
                        ? inet.getAddress().getHostAddress()
                        : "";
        audit.session(user == null ? "" : user, address, action, AuditEntry.OK);
    }
}
