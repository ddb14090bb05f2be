package io.visionops.api.detect;

import io.visionops.api.camera.CameraSettings;
import java.util.Set;
import org.osgi.annotation.versioning.ConsumerType;

/** A way to find objects. Registered as a service when it is usable, and only then. Thread-safe. */
@ConsumerType
public interface Detector {

    /** {@code motion}, or the name of a model. */
    String name();

    /** Higher is better; {@code auto} takes the highest there is. Motion has 0. */
    int quality();

    /** Every label that it can find. */
    Set<String> labels();

    /** True when a frame in which nothing moves need not be shown to it. */
    boolean gated();

    /**
     * @throws DetectorException when it cannot serve this camera
     */
    DetectorSession open(CameraSettings camera) throws DetectorException;
}
