package io.visionops.ingest.internal.health;

import io.visionops.ingest.internal.health.IngestSample.JournalState;
import io.visionops.support.health.SampledResult;
import io.visionops.support.journal.JournalCounts;
import java.time.Duration;
import org.apache.felix.hc.api.FormattingResultLog;
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

    /** A store that is swapped is back before. */
    static final Duration LONG = Duration.ofMinutes(1);

    /** How long a loss is shown. */
    static final Duration RECENT = Duration.ofMinutes(10);

    private final IngestSampler sampler;

    @Activate
    public JournalCheck(@Reference IngestSampler sampler) {
        this.sampler = sampler;
    }

    @Override
    public Result execute() {
        return SampledResult.of("ingest", sampler.sampler(), JournalCheck::judge);
    }

    static void judge(IngestSample sample, FormattingResultLog log) {
        JournalState state = sample.journal();
        JournalCounts counts = state.counts();
        if (state.sinceLoss().filter(age -> age.compareTo(RECENT) <= 0).isPresent()) {
            log.critical(
                    "{} events and {} other entries are lost so far, since the journal did not"
                            + " take them: what happened to cameras is incomplete. See"
                            + " visionops.store.open and visionops.store.write",
                    counts.droppedEvents(),
                    counts.droppedFacts());
        }
        if (counts.waiting() * 2 >= counts.capacity() || state.waitingFor().compareTo(LONG) > 0) {
            log.warn(
                    "{} of at most {} entries wait for the journal, for {} s: when there is no"
                            + " room any more the oldest are lost. See visionops.store.open and"
                            + " visionops.store.write",
                    counts.waiting(),
                    counts.capacity(),
                    state.waitingFor().toSeconds());
        } else {
            log.info("{} entries wait for the journal", counts.waiting());
        }
    }
}
