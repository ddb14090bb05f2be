package io.visionops.ingest.internal.camera;

import io.visionops.ingest.internal.stream.StreamSupervisor;
import org.jspecify.annotations.Nullable;

/** A camera with its service, while it has one. Used by the thread of changes alone. */
final class PublishedCamera {

    private final ConfiguredCamera camera;
    private @Nullable Runnable withdrawal;

    /**
     * @param withdrawal takes back its service; null for one that is disabled
     */
    PublishedCamera(ConfiguredCamera camera, @Nullable Runnable withdrawal) {
        this.camera = camera;
        this.withdrawal = withdrawal;
    }

    ConfiguredCamera camera() {
        return camera;
    }

    /** Null for one that is disabled. */
    @Nullable StreamSupervisor supervisor() {
        return camera.supervisor();
    }

    /** Takes back its service, once. */
    void withdraw() {
        Runnable once = withdrawal;
        withdrawal = null;
        if (once != null) {
            once.run();
        }
    }
}
