package io.visionops.health.internal.machine;

import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import org.apache.felix.hc.api.HealthCheck;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks that are services until this part stops. Thread-safe. */
public final class OfferedChecks implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(OfferedChecks.class);

    private final List<ServiceRegistration<HealthCheck>> registrations;

    public OfferedChecks(BundleContext context, List<MachineHealth.Offer> offers) {
        registrations = offers.stream().map(offer -> register(context, offer)).toList();
    }

    private static ServiceRegistration<HealthCheck> register(
            BundleContext context, MachineHealth.Offer offer) {
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put(HealthCheck.NAME, offer.name());
        properties.put(HealthCheck.TAGS, new String[] {"visionops", "health", offer.tag()});
        properties.put("visionops.remedy", offer.remedy());
        return context.registerService(HealthCheck.class, offer.check(), properties);
    }

    @Override
    public void close() {
        for (ServiceRegistration<HealthCheck> registration : registrations) {
            try {
                registration.unregister();
            } catch (IllegalStateException e) {
                LOG.debug("the framework was faster", e);
            }
        }
    }
}
