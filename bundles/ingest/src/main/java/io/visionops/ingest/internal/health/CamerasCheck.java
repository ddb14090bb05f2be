package io.visionops.ingest.internal.health;

import static java.util.stream.Collectors.joining;

import io.visionops.ingest.internal.health.IngestSample.OneCamera;
import io.visionops.support.health.SampledResult;
import java.util.List;
import org.apache.felix.hc.api.FormattingResultLog;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Whether pictures come from the cameras. Reads the last sample: no I/O and no lock. */
@Component(
        property = {
            "hc.name=visionops.ingest.cameras",
            "hc.tags=visionops",
            "hc.tags=ingest",
            "hc.tags=ready",
            "visionops.remedy=look at power and network of the cameras that are "
                    + "named; camera-test NAME says what to do"
        })
public final class CamerasCheck implements HealthCheck {

    static final int FEW = 2;
    static final int MANY = 5;

    /** More of them would make a line that nobody reads. */
    private static final int NAMED = 10;

    private final IngestSampler sampler;

    @Activate
    public CamerasCheck(@Reference IngestSampler sampler) {
        this.sampler = sampler;
    }

    @Override
    public Result execute() {
        return SampledResult.of("ingest", sampler.sampler(), CamerasCheck::judge);
    }

    static void judge(IngestSample sample, FormattingResultLog log) {
        sample.refusals()
                .forEach(
                        refusal ->
                                log.warn(
                                        "etc/{} is not in force: {}. Correct it and save",
                                        refusal.file(),
                                        refusal.reason()));
        if (sample.cameras().isEmpty()) {
            log.info("no camera is enabled: add one with camera-add NAME URL");
            return;
        }
        List<OneCamera> offline = sample.cameras().stream().filter(OneCamera::isOffline).toList();
        int all = sample.cameras().size();
        if (offline.isEmpty()) {
            log.info("{} of {} cameras bring pictures", online(sample), all);
            return;
        }
        String words =
                offline.size()
                        + " of "
                        + all
                        + " cameras are offline: "
                        + named(offline)
                        + ". Look at their power and network; camera-test NAME says what to do";
        if (offline.size() >= MANY || offline.size() * 2 > all) {
            log.critical("{}", words);
        } else if (offline.size() >= FEW) {
            log.warn("{}", words);
        } else {
            log.info("{}", words);
        }
    }

    private static long online(IngestSample sample) {
        return sample.cameras().stream().filter(OneCamera::isOnline).count();
    }

    private static String named(List<OneCamera> offline) {
        String names = offline.stream().limit(NAMED).map(OneCamera::words).collect(joining("; "));
        int more = offline.size() - NAMED;
        return more > 0 ? names + "; and " + more + " more" : names;
    }
}
