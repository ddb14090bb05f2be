package io.visionops.discovery.internal;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.visionops.api.time.Ticker;
import io.visionops.support.breaker.BreakerStatus;
import io.visionops.support.breaker.Breakers;
import io.visionops.support.meter.SampledMeters;
import io.visionops.support.meter.Sampler;
import java.util.List;
import java.util.function.Supplier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Metrics of the search that names no hosts (ADR 81). Thread-safe. */
@Component(service = MeterBinder.class)
public final class DiscoveryMeters implements MeterBinder {

    private final SampledMeters meters = new SampledMeters();
    private final Sampler<BreakerStatus> sampler;

    @Activate
    public DiscoveryMeters(@Reference OnvifDiscovery discovery) {
        this(discovery::breaker, Ticker.system());
        sampler.start();
    }

    /** Takes samples only when it is told to. */
    DiscoveryMeters(Supplier<BreakerStatus> breaker, Ticker ticker) {
        sampler =
                new Sampler<>(
                        "visionops-discovery-sample",
                        ticker,
                        () -> {
                            BreakerStatus status = breaker.get();
                            meters.show(Breakers.readings("discovery", List.of(status)));
                            return status;
                        });
    }

    Sampler<BreakerStatus> sampler() {
        return sampler;
    }

    @Deactivate
    void close() {
        sampler.close();
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        meters.bindTo(registry);
    }
}
