package io.visionops.inference.internal.motion;

import io.visionops.api.camera.CameraSettings;
import io.visionops.api.detect.Detector;
import io.visionops.api.detect.DetectorException;
import io.visionops.api.detect.DetectorSession;
import io.visionops.inference.internal.image.OpenCv;
import io.visionops.inference.internal.image.RootCause;
import java.util.Optional;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Finds what moves. Needs no model, and so is what is left when nothing else works. */
@Component(service = Detector.class, property = "visionops.detector=" + MotionDetector.NAME)
public final class MotionDetector implements Detector {

    /** The detector's name, as in the configuration. */
    public static final String NAME = "motion";

    /** What it calls everything. */
    public static final String LABEL = MotionSession.LABEL;

    private static final Set<String> LABELS = Set.of(LABEL);

    @Activate
    public MotionDetector() {
        OpenCv.load();
    }

    /** Why it cannot be made on this machine; tries it. */
    public static Optional<String> unavailable() {
        try {
            OpenCv.load();
            return Optional.empty();
        } catch (LinkageError e) {
            return Optional.of(RootCause.line(e));
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int quality() {
        return 0;
    }

    @Override
    public Set<String> labels() {
        return LABELS;
    }

    /** It has a gate of its own, which knows what the background model needs. */
    @Override
    public boolean gated() {
        return false;
    }

    @Override
    public DetectorSession open(CameraSettings camera) throws DetectorException {
        return new MotionSession(camera.analysis());
    }
}
