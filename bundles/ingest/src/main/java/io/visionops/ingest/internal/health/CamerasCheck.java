package io.visionops.ingest.internal.health;

import static java.util.stream.Collectors.joining;

import io.visionops.ingest.internal.health.IngestSample.OneCamera;
import io.visionops.support.health.SampledResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
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
        List<OneCamera> offline = sample.offline();
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
                        + named(offline, sample.explained())
                        + ". Look at their power and network; camera-test NAME says what to do";
        if (sample.isLost()) {
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

    private static String named(List<OneCamera> offline, Set<String> explained) {
        List<String> words = new ArrayList<>();
        offline.stream()
                .filter(camera -> !explained.contains(camera.name()))
                .map(OneCamera::words)
                .forEach(words::add);
        int alone = words.size();
        String names = words.stream().limit(NAMED).collect(joining("; "));
        if (alone > NAMED) {
            names += "; and " + (alone - NAMED) + " more";
        }
        int together = offline.size() - alone;
        if (together > 0) {
            names +=
                    (alone > 0 ? "; " : "")
                            + together
                            + " together, see visionops.ingest.incidents";
        }
        return names;
    }
}
