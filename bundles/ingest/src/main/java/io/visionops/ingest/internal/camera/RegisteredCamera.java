package io.visionops.ingest.internal.camera;

import io.visionops.ingest.internal.config.CameraFile;
import java.util.Optional;
import java.util.Set;

/**
 * A configuration as others than the thread of changes see it.
 *
 * @param camera empty before it has been configured rightly once
 * @param refusal why what the file says is not in force
 * @param secrets that it names or runs with
 */
record RegisteredCamera(
        CameraFile file,
        Optional<ConfiguredCamera> camera,
        Optional<String> refusal,
        Set<String> secrets) {

    RegisteredCamera {
        secrets = Set.copyOf(secrets);
    }
}
