package io.visionops.inference.internal.pipeline;

import io.visionops.api.camera.CameraSettings;
import io.visionops.api.frame.Frame;
import io.visionops.inference.internal.motion.MotionGate;
import java.time.Duration;

/** The motion gate for the detectors that do not bring their own. */
final class BackgroundGate implements Gate {

    /** Who stops for a breath is still looked at. */
    private static final Duration HOLD = Duration.ofSeconds(2);

    private final MotionGate gate;

    BackgroundGate(CameraSettings camera) {
        gate = new MotionGate(camera.analysis().masks(), HOLD);
    }

    @Override
    public boolean moves(Frame frame) {
        return gate.moving(frame);
    }

    @Override
    public void close() {
        gate.close();
    }
}
