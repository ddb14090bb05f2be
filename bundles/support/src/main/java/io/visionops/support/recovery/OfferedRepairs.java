package io.visionops.support.recovery;

import io.visionops.api.recovery.RecoveryAction;
import java.util.List;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The repairs of a part, offered as services until it stops. Thread-safe. */
public final class OfferedRepairs implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(OfferedRepairs.class);

    private final List<TimedRepair> repairs;
    private final List<ServiceRegistration<RecoveryAction>> registrations;

    public OfferedRepairs(BundleContext context, TimedRepair... repairs) {
        this.repairs = List.of(repairs);
        this.registrations =
                this.repairs.stream()
                        .map(repair -> context.registerService(RecoveryAction.class, repair, null))
                        .toList();
    }

    /** Withdraws them first, so that nobody asks for one that ends. */
    @Override
    public void close() {
        for (ServiceRegistration<RecoveryAction> registration : registrations) {
            try {
                registration.unregister();
            } catch (IllegalStateException e) {
                LOG.debug("the framework was faster", e);
            }
        }
        repairs.forEach(TimedRepair::close);
    }
}
