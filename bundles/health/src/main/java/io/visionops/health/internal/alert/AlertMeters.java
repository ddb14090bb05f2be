package io.visionops.health.internal.alert;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * How many alerts fire. Apart, since alerts themselves use the meters of all parts. Thread-safe.
 */
@Component(service = MeterBinder.class, property = AlertMeters.OWN + ":Boolean=true")
public final class AlertMeters implements MeterBinder {

    /** Property of these meters. */
    static final String OWN = "visionops.alerts";

    private final MeterBinder meters;

    @Activate
    public AlertMeters(@Reference AlertComponent alerts) {
        meters = alerts.meters();
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        meters.bindTo(registry);
    }
}
