package io.visionops.store.internal.health;

import io.visionops.api.database.IntegrityDamage;
import io.visionops.store.internal.StoreState;
import io.visionops.store.internal.integrity.IntegrityStatus;
import io.visionops.support.health.SampledResult;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.apache.felix.hc.api.FormattingResultLog;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Whether what is stored is what was written. Reads the last sample: no I/O and no lock. */
@Component(
        property = {
            "hc.name=visionops.store.integrity",
            "hc.tags=visionops",
            "hc.tags=store",
            "visionops.remedy=examine the disk (dmesg, SMART); recovery-run store.reopen part/store "
                    + "makes the database anew of what is sound in it"
        })
public final class IntegrityCheck implements HealthCheck {

    /** How long a repair is shown: a disk that has damaged a file once does so again. */
    static final Duration RECENT = Duration.ofDays(1);

    private static final int NAMED = 5;

    private final StoreSampler sampler;
    private final Clock clock;

    @Activate
    public IntegrityCheck(@Reference StoreSampler sampler) {
        this(sampler, Clock.systemUTC());
    }

    IntegrityCheck(StoreSampler sampler, Clock clock) {
        this.sampler = sampler;
        this.clock = clock;
    }

    @Override
    public Result execute() {
        return SampledResult.of("store", sampler.sampler(), this::judge);
    }

    private void judge(StoreSample sample, FormattingResultLog log) {
        IntegrityStatus status =
                sample.state().map(StoreState::integrity).orElse(IntegrityStatus.UNKNOWN);
        Instant now = clock.instant();
        status.damage().stream()
                .limit(NAMED)
                .map(IntegrityDamage::inWords)
                .forEach(
                        words ->
                                log.critical(
                                        "the database is damaged: {}. It is made anew of what is"
                                                + " sound in it; examine the disk (dmesg, SMART)",
                                        words));
        status.repaired()
                .filter(time -> now.isBefore(time.plus(RECENT)))
                .ifPresent(time -> tell(time, status, log));
        log.info(
                "all rows were compared with their checksums at {}, the structure of the file and"
                        + " the search index at {}",
                status.checked().map(Instant::toString).orElse("no time yet"),
                status.checkedFull().map(Instant::toString).orElse("no time yet"));
    }

    private static void tell(Instant time, IntegrityStatus status, FormattingResultLog log) {
        String disk = "Examine the disk (dmesg, SMART): databases are not damaged by themselves";
        if (status.lost()) {
            log.critical(
                    "rows were lost when the damaged database was made anew at {}: {}. The newest"
                            + " proven backup is put in its place by itself, with what is newer;"
                            + " where there is none, they stay lost. {}",
                    time,
                    status.repair(),
                    disk);
        } else {
            log.warn(
                    "the database was damaged and was made anew at {}: {}. {}",
                    time,
                    status.repair(),
                    disk);
        }
    }
}
