package io.visionops.security.internal.audit.watch;

import io.visionops.api.audit.Audit;
import io.visionops.api.audit.AuditEntry;
import io.visionops.api.subject.Actor;
import io.visionops.api.subject.Subject;
import java.time.Clock;
import java.util.Map;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * Audits what happens to bundles: those of others too, since who can add one can do everything.
 * Thread-safe.
 */
@Component(service = BundleAudit.class, immediate = true)
public final class BundleAudit implements BundleListener {

    private static final Map<Integer, String> ACTIONS =
            Map.of(
                    BundleEvent.INSTALLED, "bundle-install",
                    BundleEvent.STARTED, "bundle-start",
                    BundleEvent.STOPPED, "bundle-stop",
                    BundleEvent.UPDATED, "bundle-update",
                    BundleEvent.UNINSTALLED, "bundle-uninstall");

    private static final Actor FRAMEWORK = Actor.part("framework");

    private final Audit audit;
    private final BundleContext context;
    private final Clock clock = Clock.systemUTC();

    @Activate
    public BundleAudit(BundleContext context, @Reference Audit audit) {
        this.audit = audit;
        this.context = context;
        context.addBundleListener(this);
    }

    @Override
    public void bundleChanged(BundleEvent event) {
        String action = ACTIONS.get(event.getType());
        String name = event.getBundle().getSymbolicName();
        if (action != null && name != null) {
            audit.append(
                    new AuditEntry(
                            clock.instant(),
                            FRAMEWORK,
                            action,
                            new Subject("bundle", name),
                            AuditEntry.OK,
                            "version " + event.getBundle().getVersion()));
        }
    }

    @Deactivate
    void stop() {
        context.removeBundleListener(this);
    }
}
