package io.visionops.login.internal.ssh;

import io.visionops.api.audit.AuditEntry;
import io.visionops.login.internal.audit.LoginAudit;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.apache.sshd.common.AttributeRepository;
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

    /** Of a session that was told of; that it is closed may be said twice. */
    private static final AttributeRepository.AttributeKey<Boolean> OPEN =
            new AttributeRepository.AttributeKey<>();

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
            session.setAttribute(OPEN, true);
            tell(session, "session-open");
        }
    }

    @Override
    public void sessionClosed(Session session) {
        if (session.removeAttribute(OPEN) != null) {
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
