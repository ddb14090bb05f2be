package io.visionops.ingest.internal.health;

import io.visionops.support.health.JournalHealth;
import io.visionops.support.health.SampledResult;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Whether the journal takes what cameras do. Reads the last sample: no I/O and no lock. */
@Component(
        property = {
            "hc.name=visionops.ingest.journal",
            "hc.tags=visionops",
            "hc.tags=ingest",
            "hc.tags=ready",
            "visionops.remedy=look at visionops.store.open and visionops.store.write"
        })
public final class JournalCheck implements HealthCheck {

    private final IngestSampler sampler;

    @Activate
    public JournalCheck(@Reference IngestSampler sampler) {
        this.sampler = sampler;
    }

    @Override
    public Result execute() {
        return SampledResult.of(
                "ingest",
                sampler.sampler(),
                (sample, log) ->
                        JournalHealth.judge(sample.journal(), "what happened to cameras", log));
    }
}
