package io.visionops.store.internal.health;

import io.visionops.support.health.SampledResult;
import java.time.Duration;
import org.apache.felix.hc.api.FormattingResultLog;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Whether the thread that writes hangs: it holds the lock of the data folder, so that only a
 * restart of the program helps. Reads the last sample: no I/O and no lock.
 */
@Component(
        property = {
            "hc.name=visionops.store.progress",
            "hc.tags=visionops",
            "hc.tags=store",
            "hc.tags=live",
            "visionops.remedy=visionops restart; if it happens again, look at the "
                    + "health of the disk"
        })
public final class ProgressCheck implements HealthCheck {

    static final Duration HUNG = Duration.ofMinutes(2);

    private final StoreSampler sampler;

    @Activate
    public ProgressCheck(@Reference StoreSampler sampler) {
        this.sampler = sampler;
    }

    @Override
    public Result execute() {
        return SampledResult.of("store", sampler.sampler(), ProgressCheck::judge);
    }

    static void judge(StoreSample sample, FormattingResultLog log) {
        if (sample.waitingFor().compareTo(HUNG) > 0) {
            log.critical(
                    "the writer of the database has not come back for {} s: visionops restart; if"
                            + " it happens again, look at the health of the disk",
                    sample.waitingFor().toSeconds());
        } else {
            log.info("the writer of the database comes back");
        }
    }
}
