package io.visionops.itests.guest;

import io.visionops.api.camera.Camera;
import io.visionops.api.frame.LeaseException;
import io.visionops.api.recovery.RecoveryResult;
import io.visionops.api.subject.Actor;
import io.visionops.api.subject.Subject;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/** Leases the frames of every camera that it can, and never gives them back. */
public final class FrameThief extends RoofRepair {

    private final BundleContext bundle;

    public FrameThief(BundleContext bundle) {
        super("weather.steal-frames", "nobody else gets frames");
        this.bundle = bundle;
    }

    @Override
    public RecoveryResult run(Subject target, String reason, Actor actor) {
        try {
            for (ServiceReference<Camera> one : bundle.getServiceReferences(Camera.class, null)) {
                bundle.getService(one).leaseFrames();
            }
            return RecoveryResult.done("the frames are taken");
        } catch (LeaseException e) {
            return RecoveryResult.failed(e.getMessage());
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
