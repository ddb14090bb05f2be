package io.visionops.backup.internal.health;

import io.visionops.backup.internal.BackupComponent;
import io.visionops.backup.internal.BackupFacts;
import org.apache.felix.hc.api.FormattingResultLog;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Whether the newest backup can be restored. Reads the last look: no I/O and no lock. */
@Component(
        property = {
            "hc.name=visionops.backup.proven",
            "hc.tags=visionops",
            "hc.tags=backup",
            "visionops.remedy=backup-now; where that fails too, examine the disk of the target"
        })
public final class ProvenCheck implements HealthCheck {

    private final BackupComponent backups;

    @Activate
    public ProvenCheck(@Reference BackupComponent backups) {
        this.backups = backups;
    }

    @Override
    public Result execute() {
        return judge(backups.facts());
    }

    static Result judge(BackupFacts facts) {
        FormattingResultLog log = new FormattingResultLog();
        if (!facts.unproven().isEmpty()) {
            log.critical(
                    "backup {} cannot be restored: {}. Make another one with backup-now; examine"
                            + " the disk of the target where that fails too",
                    facts.unproven(),
                    facts.trouble());
        } else if (facts.failed().isPresent()) {
            log.warn(
                    "the last backup was not made or not proven, at {}: backup-status says why",
                    facts.failed().get());
        } else {
            log.info("every backup that was tried can be restored");
        }
        return new Result(log);
    }
}
