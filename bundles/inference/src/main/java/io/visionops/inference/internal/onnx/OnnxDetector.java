package io.visionops.inference.internal.onnx;

import io.visionops.api.camera.CameraSettings;
import io.visionops.api.detect.Detector;
import io.visionops.api.detect.DetectorSession;
import java.util.Set;

/** A model at the service of every camera. Whoever made it closes the model. */
public final class OnnxDetector implements Detector {

    private final OnnxModel model;
    private final int quality;
    private final int tiles;

    /**
     * @param tiles parts that a frame is cut into and looked at one by one: 1, or more to find what
     *     is small, at as many times the cost
     */
    public OnnxDetector(OnnxModel model, int quality, int tiles) {
        this.model = model;
        this.quality = quality;
        this.tiles = tiles;
    }

    @Override
    public String name() {
        return model.name();
    }

    @Override
    public int quality() {
        return quality;
    }

    @Override
    public Set<String> labels() {
        return Set.copyOf(model.labels());
    }

    @Override
    public boolean gated() {
        return true;
    }

    @Override
    public DetectorSession open(CameraSettings camera) {
        return new OnnxDetectorSession(model, camera.analysis(), tiles);
    }
}
