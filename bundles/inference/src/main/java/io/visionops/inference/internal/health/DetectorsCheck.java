package io.visionops.inference.internal.health;

import static java.util.stream.Collectors.joining;

import io.visionops.inference.internal.pipeline.AnalysisView;
import io.visionops.support.breaker.BreakerHealth;
import io.visionops.support.health.SampledResult;
import java.util.List;
import org.apache.felix.hc.api.FormattingResultLog;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Whether every camera has the detector that it needs and it works. Reads the last sample: no I/O
 * and no lock.
 */
@Component(
        property = {
            "hc.name=visionops.inference.detectors",
            "hc.tags=visionops",
            "hc.tags=inference",
            "hc.tags=ready",
            "visionops.remedy=do what stands with each camera; model-list shows "
                    + "which models there are"
        })
public final class DetectorsCheck implements HealthCheck {

    private final InferenceSampler sampler;

    @Activate
    public DetectorsCheck(@Reference InferenceSampler sampler) {
        this.sampler = sampler;
    }

    @Override
    public Result execute() {
        return SampledResult.of("inference", sampler.sampler(), DetectorsCheck::judge);
    }

    static void judge(InferenceSample sample, FormattingResultLog log) {
        BreakerHealth.judge(sample.breakers(), log);
        List<AnalysisView> all = sample.analyses();
        List<AnalysisView> faulty =
                all.stream().filter(analysis -> analysis.fault().isPresent()).toList();
        if (faulty.isEmpty()) {
            log.info(
                    "{} cameras are analysed; detectors: {}",
                    all.size(),
                    sample.detectors().isEmpty() ? "none" : String.join(", ", sample.detectors()));
            return;
        }
        String words =
                faulty.size()
                        + " of "
                        + all.size()
                        + " cameras are not analysed as they should: "
                        + faulty.stream().map(DetectorsCheck::words).collect(joining("; "));
        if (faulty.size() * 2 > all.size()) {
            log.critical("{}", words);
        } else {
            log.warn("{}", words);
        }
    }

    /** The detail says what to do. */
    private static String words(AnalysisView analysis) {
        return analysis.camera()
                + ": "
                + analysis.fault()
                        .map(fault -> fault.cause().words() + " (" + fault.detail() + ")")
                        .orElse("");
    }
}
