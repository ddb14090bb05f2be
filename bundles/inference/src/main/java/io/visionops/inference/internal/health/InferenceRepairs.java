package io.visionops.inference.internal.health;

import io.visionops.api.recovery.RecoveryAction.Scope;
import io.visionops.api.recovery.RecoveryResult;
import io.visionops.api.subject.Subject;
import io.visionops.inference.internal.pipeline.CameraAnalyses;
import io.visionops.support.recovery.OfferedRepairs;
import io.visionops.support.recovery.TimedRepair;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** The recovery action of inference. Thread-safe. */
@Component(
        service = {},
        immediate = true)
public final class InferenceRepairs {

    /** The kind of subjects that are detectors. */
    private static final String DETECTOR = "detector";

    /** A large model takes some seconds to load, and may have to wait for another. */
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private final OfferedRepairs repairs;

    /** Replaces the detector of a name. */
    @FunctionalInterface
    interface Replacing {

        /** Returns false when there is none, or a call of it does not come back. */
        boolean run(String detector) throws Exception;
    }

    @Activate
    public InferenceRepairs(BundleContext context, @Reference CameraAnalyses analyses) {
        repairs =
                new OfferedRepairs(
                        context, replaceDetector(analyses::detectors, analyses::replaceDetector));
    }

    @Deactivate
    void close() {
        repairs.close();
    }

    static TimedRepair replaceDetector(Supplier<List<String>> detectors, Replacing replacing) {
        return new TimedRepair(
                "inference.replace-detector",
                Scope.COMPONENT,
                "the cameras that use it wait up to some seconds; their frames wait in their"
                        + " queues for two",
                DEADLINE,
                () -> detectors.get().stream().map(name -> new Subject(DETECTOR, name)).toList(),
                (target, reason, actor) ->
                        replacing.run(target.name())
                                ? RecoveryResult.done(
                                        "detector " + target.name() + " was closed and made anew")
                                : RecoveryResult.failed(
                                        "detector "
                                                + target.name()
                                                + " is not there any more, or a call of it does"
                                                + " not come back"));
    }
}
