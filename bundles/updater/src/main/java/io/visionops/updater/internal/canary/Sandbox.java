package io.visionops.updater.internal.canary;

import io.visionops.api.update.CanaryReport;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.hooks.service.EventListenerHook;
import org.osgi.framework.hooks.service.FindHook;
import org.osgi.framework.hooks.service.ListenerHook.ListenerInfo;

/**
 * What a bundle on trial sees of the program, and the program of it: of our services the bundle has
 * its own and those that were made for it, and nobody else has these. So it is the bundle of the
 * release, unchanged, and cannot touch what it is compared with. Thread-safe.
 */
final class Sandbox implements FindHook, EventListenerHook, AutoCloseable {

    /** Service property of what is made for the bundle on trial. */
    static final String MADE_FOR_TRIAL = CanaryReport.PROPERTY + "made";

    private static final String OURS = "io.visionops.";
    private static final long FRAMEWORK = 0;

    private final long trial;
    private final long owner;
    private final List<ServiceRegistration<?>> hooks;

    /** Holds from now on. */
    Sandbox(BundleContext context, Bundle trial) {
        this.trial = trial.getBundleId();
        this.owner = context.getBundle().getBundleId();
        this.hooks =
                List.of(
                        context.registerService(FindHook.class, this, null),
                        context.registerService(EventListenerHook.class, this, null),
                        context.registerService(
                                org.osgi.framework.hooks.bundle.FindHook.class,
                                this::hideBundle,
                                null));
    }

    @Override
    public void find(
            BundleContext context,
            String name,
            String filter,
            boolean all,
            Collection<ServiceReference<?>> references) {
        references.removeIf(one -> !isVisible(context.getBundle(), one));
    }

    @Override
    public void event(ServiceEvent event, Map<BundleContext, Collection<ListenerInfo>> listeners) {
        listeners
                .keySet()
                .removeIf(
                        listener -> !isVisible(listener.getBundle(), event.getServiceReference()));
    }

    /** Our parts compare the bundles that are there with those that should be. */
    private void hideBundle(BundleContext context, Collection<Bundle> bundles) {
        Bundle asking = context.getBundle();
        if (isOurs(asking.getSymbolicName()) && !seesAll(asking)) {
            bundles.removeIf(one -> one.getBundleId() == trial);
        }
    }

    private boolean isVisible(Bundle asking, ServiceReference<?> service) {
        if (seesAll(asking)) {
            return true;
        }
        Bundle offering = service.getBundle();
        boolean made = service.getProperty(MADE_FOR_TRIAL) != null;
        boolean own = offering != null && offering.getBundleId() == trial;
        if (asking.getBundleId() == trial) {
            return own || made || !isOurs(service);
        }
        return !own && !made;
    }

    private boolean seesAll(Bundle asking) {
        return asking.getBundleId() == owner || asking.getBundleId() == FRAMEWORK;
    }

    private static boolean isOurs(ServiceReference<?> service) {
        if (service.getProperty("objectClass") instanceof String[] names) {
            for (String name : names) {
                if (isOurs(name)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isOurs(String name) {
        return name != null && name.startsWith(OURS);
    }

    @Override
    public void close() {
        hooks.forEach(ServiceRegistration::unregister);
    }
}
