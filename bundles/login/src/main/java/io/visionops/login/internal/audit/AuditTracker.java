package io.visionops.login.internal.audit;

import io.visionops.api.audit.Audit;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTracker;

/** Brings the audit to who tells it: it starts later, and is swapped. */
public final class AuditTracker extends ServiceTracker<Audit, Audit> {

    private final LoginAudit logins;

    public AuditTracker(BundleContext context, LoginAudit logins) {
        super(context, Audit.class, null);
        this.logins = logins;
    }

    @Override
    public Audit addingService(ServiceReference<Audit> reference) {
        Audit audit = super.addingService(reference);
        logins.use(audit);
        return audit;
    }

    @Override
    public void removedService(ServiceReference<Audit> reference, Audit audit) {
        logins.use(null);
        super.removedService(reference, audit);
    }
}
