package io.visionops.inference.internal.pipeline;

import io.visionops.support.checkpoint.OfferedCheckpoint;
import io.visionops.support.checkpoint.TimedCheckpoint;
import java.time.Duration;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Saves what is known of objects and counts when somebody asks for it. */
@Component(
        service = {},
        immediate = true)
public final class InferenceCheckpoint {

    private static final Duration DEADLINE = Duration.ofSeconds(10);

    private final OfferedCheckpoint offered;

    @Activate
    public InferenceCheckpoint(BundleContext context, @Reference CameraAnalyses analyses) {
        offered =
                new OfferedCheckpoint(
                        context, new TimedCheckpoint("inference", DEADLINE, analyses::checkpoint));
    }

    @Deactivate
    void close() {
        offered.close();
    }
}
