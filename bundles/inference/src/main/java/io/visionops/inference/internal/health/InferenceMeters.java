package io.visionops.inference.internal.health;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.visionops.inference.internal.pipeline.AnalysisFigures;
import io.visionops.inference.internal.pipeline.CameraAnalyses;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Metrics of analyses; those of one camera go with it. Thread-safe. */
@Component(service = MeterBinder.class)
public final class InferenceMeters implements MeterBinder {

    private final InferenceSampler sampler;
    private final AnalysisFigures figures;

    @Activate
    public InferenceMeters(
            @Reference InferenceSampler sampler, @Reference CameraAnalyses analyses) {
        this(sampler, analyses.figures());
    }

    InferenceMeters(InferenceSampler sampler, AnalysisFigures figures) {
        this.sampler = sampler;
        this.figures = figures;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        sampler.meters().bindTo(registry);
        figures.calls().bindTo(registry);
        figures.commits().bindTo(registry);
    }
}
