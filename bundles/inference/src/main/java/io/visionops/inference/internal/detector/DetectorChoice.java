package io.visionops.inference.internal.detector;

import io.visionops.api.camera.DetectionSettings;
import io.visionops.api.detect.Detector;
import io.visionops.inference.internal.motion.MotionDetector;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Which of the detectors that are there a camera should use. Used by the camera's thread, which
 * calls {@link #look} before each frame.
 */
final class DetectorChoice {

    private final DetectionSettings analysis;
    private final DetectorRegistry registry;
    private final BooleanSupplier withoutModels;
    private final DetectorBreakers breakers;
    private final HungCalls hung;

    /** As it was at the last look. */
    private boolean modelsLeftOut;

    /**
     * @param withoutModels whether the camera is looked at for what moves alone, whatever is
     *     configured
     */
    DetectorChoice(
            DetectionSettings analysis,
            DetectorRegistry registry,
            BooleanSupplier withoutModels,
            DetectorBreakers breakers,
            HungCalls hung) {
        this.analysis = analysis;
        this.registry = registry;
        this.withoutModels = withoutModels;
        this.breakers = breakers;
        this.hung = hung;
    }

    /**
     * Finds out whether models may be used.
     *
     * @return true when that has changed since the last look
     */
    boolean look() {
        boolean before = modelsLeftOut;
        modelsLeftOut = withoutModels.getAsBoolean();
        return modelsLeftOut != before;
    }

    /** Only detectors without a model are chosen. */
    boolean isWithoutModels() {
        return modelsLeftOut;
    }

    /** The best that does not fail. */
    Optional<Detector> best() {
        return modelsLeftOut
                ? registry.motion().filter(this::mayUse)
                : registry.choose(analysis, this::mayUse);
    }

    /** While too many calls hang none is made that may well hang too. */
    private boolean mayUse(Detector detector) {
        return breakers.mayUse(detector) && !(hung.isFull() && breakers.isProbed(detector));
    }

    /** The one that would be in use if none failed. */
    Optional<Detector> due() {
        return modelsLeftOut ? registry.motion() : registry.choose(analysis, any -> true);
    }

    /** The name of the one that has to be there; empty when any will do. */
    Optional<String> wanted() {
        String name = modelsLeftOut ? MotionDetector.NAME : registry.wanted(analysis);
        return name.equals(DetectorRegistry.AUTO) ? Optional.empty() : Optional.of(name);
    }
}
