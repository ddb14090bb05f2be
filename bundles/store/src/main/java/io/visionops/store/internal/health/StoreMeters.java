package io.visionops.store.internal.health;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.visionops.store.internal.StoreComponent;
import io.visionops.support.meter.LabelledTimers;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Metrics of the database; there also while it cannot be opened. Thread-safe. */
@Component(service = MeterBinder.class)
public final class StoreMeters implements MeterBinder {

    private final StoreSampler sampler;
    private final LabelledTimers commits;

    @Activate
    public StoreMeters(@Reference StoreSampler sampler, @Reference StoreComponent store) {
        this(sampler, store.commitTimes());
    }

    StoreMeters(StoreSampler sampler, LabelledTimers commits) {
        this.sampler = sampler;
        this.commits = commits;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        sampler.meters().bindTo(registry);
        commits.bindTo(registry);
    }
}
