package io.visionops.api.camera;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Is told when a camera goes online, offline or into any other state; to be registered as a
 * service. Changes come one after the other, in the order in which they happened, by a thread that
 * tells nobody else: a listener that is slow or hangs misses changes, the oldest first, and harms
 * nobody. How cameras were before is to be asked of {@link Cameras}.
 */
@ConsumerType
public interface CameraListener {

    void changed(CameraChange change);
}
