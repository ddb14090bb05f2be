package io.visionops.inference.internal.health;

import io.visionops.inference.internal.pipeline.AnalysisView;
import io.visionops.inference.internal.pipeline.CameraAnalyses;
import io.visionops.support.health.SampledResult;
import java.time.Duration;
import org.apache.felix.hc.api.FormattingResultLog;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Whether the threads of the analyses come back from their detectors. Reads the last sample: no I/O
 * and no lock.
 */
@Component(
        property = {
            "hc.name=visionops.inference.progress",
            "hc.tags=visionops",
            "hc.tags=inference",
            "hc.tags=live",
            "visionops.remedy=look at the load of this computer; if it stays, visionops restart"
        })
public final class ProgressCheck implements HealthCheck {

    /** A call waits up to 10 s for its turn. */
    static final Duration LATE = Duration.ofSeconds(15);

    static final Duration HUNG = Duration.ofSeconds(60);

    private static final int MOST_HUNG = CameraAnalyses.MOST_HUNG_CALLS;

    private final InferenceSampler sampler;

    @Activate
    public ProgressCheck(@Reference InferenceSampler sampler) {
        this.sampler = sampler;
    }

    @Override
    public Result execute() {
        return SampledResult.of("inference", sampler.sampler(), ProgressCheck::judge);
    }

    static void judge(InferenceSample sample, FormattingResultLog log) {
        long well = 0;
        for (AnalysisView analysis : sample.analyses()) {
            if (analysis.idle().compareTo(HUNG) > 0) {
                log.critical(
                        "camera {}: the analysis has not come back from {} for {} s, and {} frames"
                                + " wait: visionops restart",
                        analysis.camera(),
                        detector(analysis),
                        analysis.idle().toSeconds(),
                        analysis.waiting());
            } else if (analysis.idle().compareTo(LATE) > 0) {
                log.warn(
                        "camera {}: the analysis has not come back from {} for {} s, and {} frames"
                                + " wait: look at the load of this computer",
                        analysis.camera(),
                        detector(analysis),
                        analysis.idle().toSeconds(),
                        analysis.waiting());
            } else {
                well++;
            }
        }
        if (sample.hungCalls() >= MOST_HUNG) {
            log.critical(
                    "{} calls of detectors hang and do not come back: no detector that failed is"
                            + " tried again until the program is restarted: visionops restart",
                    sample.hungCalls());
        } else if (sample.hungCalls() > 0) {
            log.warn(
                    "{} calls of detectors hang and do not come back; their threads are given up,"
                            + " and their cameras go on: at {} only visionops restart helps",
                    sample.hungCalls(),
                    MOST_HUNG);
        }
        log.info("{} of {} analyses go on", well, sample.analyses().size());
    }

    private static String detector(AnalysisView analysis) {
        return analysis.status().detector().map(name -> "detector " + name).orElse("a detector");
    }
}
