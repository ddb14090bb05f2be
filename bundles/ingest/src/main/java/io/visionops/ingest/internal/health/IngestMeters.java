package io.visionops.ingest.internal.health;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Metrics of cameras; those of one camera go with it. Thread-safe. */
@Component(service = MeterBinder.class)
public final class IngestMeters implements MeterBinder {

    private final IngestSampler sampler;

    @Activate
    public IngestMeters(@Reference IngestSampler sampler) {
        this.sampler = sampler;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        sampler.meters().bindTo(registry);
    }
}
