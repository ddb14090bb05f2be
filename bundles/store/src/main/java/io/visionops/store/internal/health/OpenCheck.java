package io.visionops.store.internal.health;

import io.visionops.store.internal.StoreState;
import io.visionops.support.health.SampledResult;
import java.time.Duration;
import org.apache.felix.hc.api.FormattingResultLog;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Whether the database is open. There whenever the part is, also while there is no database to give
 * services from. Reads the last sample: no I/O and no lock.
 */
@Component(
        property = {
            "hc.name=visionops.store.open",
            "hc.tags=visionops",
            "hc.tags=store",
            "hc.tags=ready",
            "visionops.remedy=correct the cause, or restore a backup"
        })
public final class OpenCheck implements HealthCheck {

    /** A migration of a large database takes longer than an opening, and is no fault. */
    static final Duration SLOW = Duration.ofSeconds(10);

    private final StoreSampler sampler;

    @Activate
    public OpenCheck(@Reference StoreSampler sampler) {
        this.sampler = sampler;
    }

    @Override
    public Result execute() {
        return SampledResult.of("store", sampler.sampler(), OpenCheck::judge);
    }

    static void judge(StoreSample sample, FormattingResultLog log) {
        if (sample.state().isEmpty()) {
            log.critical(
                    "there is no database: no data folder is known. Set folder in"
                            + " etc/io.visionops.store.cfg, or start with --data");
            return;
        }
        StoreState state = sample.state().get();
        String file = state.folder().resolve("visionops.db").toString();
        if (state.writer().isPresent()) {
            log.info("database {} is open", file);
        } else if (state.trouble().isPresent()) {
            log.critical(
                    "database {} is not open: {}. Nothing is kept but what waits in memory. It is"
                            + " tried again in {} s; correct the cause, or restore a backup",
                    file,
                    state.trouble().get(),
                    // Before its circuit opens that is within five.
                    Math.max(5, state.breaker().untilNextTry().toSeconds()));
        } else if (sample.closedFor().compareTo(SLOW) > 0) {
            log.warn(
                    "database {} is being opened for {} s: after an update of VisionOps its form"
                            + " may be changed, which takes a while",
                    file,
                    sample.closedFor().toSeconds());
        } else {
            log.info("database {} is being opened", file);
        }
    }
}
