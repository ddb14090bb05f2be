package io.visionops.ingest.internal;

import io.visionops.ingest.internal.camera.CameraRegistry;
import io.visionops.ingest.internal.config.CameraFile;
import java.util.Collections;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.Map;
import org.osgi.service.cm.ManagedServiceFactory;

/**
 * Hands over the configurations that have no file of ours; never throws, so that config admin has
 * nothing to complain of.
 */
record CameraConfigurations(CameraRegistry registry) implements ManagedServiceFactory {

    @Override
    public String getName() {
        return "VisionOps cameras";
    }

    @Override
    public void updated(String pid, Dictionary<String, ?> properties) {
        Map<String, Object> raw = new HashMap<>();
        for (String key : Collections.list(properties.keys())) {
            raw.put(key, properties.get(key));
        }
        if (!CameraFile.isRead(raw)) {
            registry.updated(pid, raw);
        }
    }

    @Override
    public void deleted(String pid) {
        registry.deleted(pid);
    }
}
