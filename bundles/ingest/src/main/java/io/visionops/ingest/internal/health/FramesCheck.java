package io.visionops.ingest.internal.health;

import io.visionops.ingest.internal.health.IngestSample.OneCamera;
import io.visionops.support.health.SampledResult;
import java.time.Duration;
import org.apache.felix.hc.api.FormattingResultLog;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Whether ingest does what it does when a camera falls silent: within seconds it is none that
 * streams any more. One that is said to stream and does not is not looked after, which a restart of
 * the program heals. Reads the last sample: no I/O and no lock.
 */
@Component(
        property = {
            "hc.name=visionops.ingest.frames",
            "hc.tags=visionops",
            "hc.tags=ingest",
            "hc.tags=live",
            "visionops.remedy=camera-reconnect NAME; if it stays, visionops restart"
        })
public final class FramesCheck implements HealthCheck {

    /** Key frames alone may be ten seconds apart, and three times that is waited for. */
    static final Duration LATE = Duration.ofSeconds(45);

    static final Duration STUCK = Duration.ofSeconds(90);

    private final IngestSampler sampler;

    @Activate
    public FramesCheck(@Reference IngestSampler sampler) {
        this.sampler = sampler;
    }

    @Override
    public Result execute() {
        return SampledResult.of("ingest", sampler.sampler(), FramesCheck::judge);
    }

    static void judge(IngestSample sample, FormattingResultLog log) {
        long fresh = 0;
        for (OneCamera camera : sample.cameras()) {
            if (camera.frameAge().compareTo(STUCK) > 0) {
                log.critical(
                        "camera {} is said to stream and had no frame for {} s: ingest does not"
                                + " look after it. camera-reconnect {}; if it stays, visionops"
                                + " restart",
                        camera.name(),
                        camera.frameAge().toSeconds(),
                        camera.name());
            } else if (camera.frameAge().compareTo(LATE) > 0) {
                log.warn(
                        "camera {} is said to stream and had no frame for {} s:"
                                + " camera-reconnect {}",
                        camera.name(),
                        camera.frameAge().toSeconds(),
                        camera.name());
            } else if (camera.isOnline()) {
                fresh++;
            }
        }
        log.info("{} cameras bring frames", fresh);
    }
}
