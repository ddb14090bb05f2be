package io.visionops.support.checkpoint;

import io.visionops.api.checkpoint.CheckpointAction;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The checkpoint of a part, offered as a service until it stops. Thread-safe. */
public final class OfferedCheckpoint implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(OfferedCheckpoint.class);

    private final TimedCheckpoint action;
    private final ServiceRegistration<CheckpointAction> registration;

    public OfferedCheckpoint(BundleContext context, TimedCheckpoint action) {
        this.action = action;
        this.registration = context.registerService(CheckpointAction.class, action, null);
    }

    /** Withdraws it first, so that nobody asks for one that ends. */
    @Override
    public void close() {
        try {
            registration.unregister();
        } catch (IllegalStateException e) {
            LOG.debug("the framework was faster", e);
        }
        action.close();
    }
}
