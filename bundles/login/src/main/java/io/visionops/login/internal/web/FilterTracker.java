package io.visionops.login.internal.web;

import java.util.Dictionary;
import java.util.Hashtable;
import org.eclipse.jetty.server.HttpConfiguration;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.util.tracker.ServiceTracker;

/**
 * Hands the filter to Pax Web as soon as it can make servers, and before it does: a customizer that
 * is there earlier lets its start fail (8.0.34, {@code Activator} opens the tracker of customizers
 * before it has the factory that it gives them to).
 */
public final class FilterTracker extends ServiceTracker<Object, ServiceRegistration<?>> {

    private static final String FACTORY = "org.ops4j.pax.web.service.spi.ServerControllerFactory";

    /** Pax Web keeps one customizer of each ranking. */
    private static final int RANKING = 1_000;

    private final RequestFilter filter;

    public FilterTracker(BundleContext context, RequestFilter filter) {
        super(context, FACTORY, null);
        this.filter = filter;
    }

    @Override
    public ServiceRegistration<?> addingService(ServiceReference<Object> factory) {
        Dictionary<String, Object> ranking = new Hashtable<>();
        ranking.put(Constants.SERVICE_RANKING, RANKING);
        return context.registerService(HttpConfiguration.Customizer.class, filter, ranking);
    }

    @Override
    public void removedService(
            ServiceReference<Object> factory, ServiceRegistration<?> registration) {
        registration.unregister();
    }
}
