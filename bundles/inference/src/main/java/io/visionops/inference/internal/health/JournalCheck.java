package io.visionops.inference.internal.health;

import io.visionops.support.health.JournalHealth;
import io.visionops.support.health.SampledResult;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Whether the journal takes what is seen and counted. Reads the last sample: no I/O and no lock.
 */
@Component(
        property = {
            "hc.name=visionops.inference.journal",
            "hc.tags=visionops",
            "hc.tags=inference",
            "hc.tags=ready"
        })
public final class JournalCheck implements HealthCheck {

    private final InferenceSampler sampler;

    @Activate
    public JournalCheck(@Reference InferenceSampler sampler) {
        this.sampler = sampler;
    }

    @Override
    public Result execute() {
        return SampledResult.of(
                "inference",
                sampler.sampler(),
                (sample, log) ->
                        JournalHealth.judge(sample.journal(), "what was seen and counted", log));
    }
}
