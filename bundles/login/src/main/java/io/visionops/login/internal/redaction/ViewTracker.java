package io.visionops.login.internal.redaction;

import java.util.Dictionary;
import java.util.Hashtable;
import java.util.function.UnaryOperator;
import org.apache.karaf.config.core.ConfigRepository;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.Filter;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.util.tracker.ServiceTracker;

/** Registers a masked view of each service of a type, for as long as that is there. */
public final class ViewTracker<S> extends ServiceTracker<S, ServiceRegistration<S>> {

    /** Property of what is registered here. */
    static final String MASKED = "io.visionops.masked";

    private final Class<S> type;
    private final UnaryOperator<S> view;
    private final int ranking;

    private ViewTracker(BundleContext context, Class<S> type, UnaryOperator<S> view, int ranking) {
        super(context, realOnes(context, type), null);
        this.type = type;
        this.view = view;
        this.ranking = ranking;
    }

    /** For the commands of the scope config, which take the highest. */
    public static ViewTracker<ConfigRepository> ofRepository(BundleContext context) {
        return new ViewTracker<>(context, ConfigRepository.class, MaskedRepository::new, 1_000);
    }

    /** For the web console, which {@link WebConsoleHook} shows nothing else. */
    public static ViewTracker<ConfigurationAdmin> ofConfigurationAdmin(BundleContext context) {
        return new ViewTracker<>(
                context, ConfigurationAdmin.class, MaskedConfigurations::of, -1_000);
    }

    private static Filter realOnes(BundleContext context, Class<?> type) {
        try {
            return context.createFilter(
                    "(&(objectClass=" + type.getName() + ")(!(" + MASKED + "=*)))");
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public ServiceRegistration<S> addingService(ServiceReference<S> real) {
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put(MASKED, true);
        properties.put(Constants.SERVICE_RANKING, ranking);
        return context.registerService(type, view.apply(context.getService(real)), properties);
    }

    @Override
    public void removedService(ServiceReference<S> real, ServiceRegistration<S> registration) {
        registration.unregister();
        context.ungetService(real);
    }
}
