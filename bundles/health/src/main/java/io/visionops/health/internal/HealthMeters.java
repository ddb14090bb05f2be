package io.visionops.health.internal;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The status of each check. Thread-safe. */
@Component(service = MeterBinder.class)
public final class HealthMeters implements MeterBinder {

    private final MeterBinder meters;

    @Activate
    public HealthMeters(@Reference HealthComponent health) {
        meters = health.meters();
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        meters.bindTo(registry);
    }
}
