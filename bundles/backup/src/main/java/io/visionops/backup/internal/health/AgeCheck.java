package io.visionops.backup.internal.health;

import io.visionops.backup.internal.BackupComponent;
import io.visionops.backup.internal.BackupFacts;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.apache.felix.hc.api.FormattingResultLog;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Whether there is a backup of today that is proven. Reads the last look: no I/O and no lock. */
@Component(
        property = {
            "hc.name=visionops.backup.age",
            "hc.tags=visionops",
            "hc.tags=backup",
            "visionops.remedy=backup-now, and look at what backup-status says"
        })
public final class AgeCheck implements HealthCheck {

    /** A day, the jitter and the making of it. */
    static final Duration OLD = Duration.ofHours(26);

    private final BackupComponent backups;
    private final Clock clock;

    @Activate
    public AgeCheck(@Reference BackupComponent backups) {
        this.backups = backups;
        clock = Clock.systemUTC();
    }

    @Override
    public Result execute() {
        return judge(backups.facts(), backups.started(), clock.instant());
    }

    static Result judge(BackupFacts facts, Instant started, Instant now) {
        FormattingResultLog log = new FormattingResultLog();
        if (facts.newestProven().isPresent()) {
            Duration age = Duration.between(facts.newestProven().get(), now);
            String hours = age.toHours() + " h";
            if (age.compareTo(OLD) > 0) {
                log.warn(
                        "the newest proven backup is {} old: make one with backup-now, and look at"
                                + " backup-status for why none was made",
                        hours);
            } else {
                log.info("the newest proven backup is {} old", hours);
            }
        } else if (!facts.trouble().isEmpty()) {
            log.warn("no proven backup is known: {}", facts.trouble());
        } else if (Duration.between(started, now).compareTo(OLD) > 0) {
            log.warn("there is no proven backup: make one with backup-now");
        } else {
            log.info("there is no backup yet; the first is made within a day");
        }
        return new Result(log);
    }
}
