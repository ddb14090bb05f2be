package io.visionops.login.internal.ssh;

import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.forward.RejectAllForwardingFilter;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTracker;

/**
 * Keeps whoever may log in from connecting through this computer to others, such as the cameras'
 * network. Karaf lets all of it through, and registers its server as a service before it starts it.
 */
public final class ForwardingRefusal extends ServiceTracker<SshServer, SshServer> {

    public ForwardingRefusal(BundleContext context) {
        super(context, SshServer.class, null);
    }

    @Override
    public SshServer addingService(ServiceReference<SshServer> reference) {
        SshServer server = super.addingService(reference);
        server.setForwardingFilter(RejectAllForwardingFilter.INSTANCE);
        return server;
    }
}
