package io.visionops.ingest.internal;

import io.visionops.api.camera.Camera;
import io.visionops.ingest.internal.camera.ConfiguredCamera;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceFactory;
import org.osgi.framework.ServiceRegistration;

/**
 * A camera as a service, of which each bundle gets an object of its own: so the framework tells
 * when a bundle is gone that has leased frames, whether it closed the lease or not. Thread-safe.
 */
final class CameraOfBundle implements ServiceFactory<Camera> {

    private final ConfiguredCamera camera;

    CameraOfBundle(ConfiguredCamera camera) {
        this.camera = camera;
    }

    @Override
    public Camera getService(Bundle bundle, ServiceRegistration<Camera> registration) {
        return camera.usedBy(bundle.getSymbolicName() + " " + bundle.getVersion());
    }

    @Override
    public void ungetService(
            Bundle bundle, ServiceRegistration<Camera> registration, Camera service) {
        if (service instanceof ConfiguredCamera used) {
            used.giveBack();
        }
    }
}
