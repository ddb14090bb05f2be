package io.visionops.ingest.internal.health;

import io.visionops.api.camera.Incident;
import io.visionops.support.health.SampledResult;
import org.apache.felix.hc.api.FormattingResultLog;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Whether several cameras are lost by one cause, such as a switch. As bad as the loss of its
 * cameras. Reads the last sample: no I/O and no lock.
 */
@Component(
        property = {
            "hc.name=visionops.ingest.incidents",
            "hc.tags=visionops",
            "hc.tags=ingest",
            "hc.tags=ready",
            "visionops.remedy=look at what the cameras share: switch, recorder, router, power"
        })
public final class IncidentsCheck implements HealthCheck {

    private final IngestSampler sampler;

    @Activate
    public IncidentsCheck(@Reference IngestSampler sampler) {
        this.sampler = sampler;
    }

    @Override
    public Result execute() {
        return SampledResult.of("ingest", sampler.sampler(), IncidentsCheck::judge);
    }

    static void judge(IngestSample sample, FormattingResultLog log) {
        for (Incident incident : sample.incidents()) {
            String words = incident.words() + ": " + String.join(", ", incident.cameras());
            if (incident.cameras().isEmpty()) {
                log.info("{}", incident.words());
            } else if (sample.isLost()) {
                log.critical("{}", words);
            } else {
                log.warn("{}", words);
            }
        }
        if (sample.incidents().isEmpty()) {
            log.info("no cause that several cameras share");
        }
    }
}
