package io.visionops.backup.internal.health;

import io.visionops.api.backup.BackupException;
import io.visionops.api.recovery.RecoveryAction.Scope;
import io.visionops.api.recovery.RecoveryResult;
import io.visionops.api.subject.Actor;
import io.visionops.api.subject.Subject;
import io.visionops.backup.internal.BackupComponent;
import io.visionops.backup.internal.DatabaseReferences;
import io.visionops.support.recovery.OfferedRepairs;
import io.visionops.support.recovery.TimedRepair;
import java.time.Duration;
import java.util.List;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** The recovery action of the backups; there as long as one of them is proven. */
@Component(
        service = {},
        immediate = true)
public final class BackupRepairs {

    private static final Subject STORE = Subject.part("store");

    /** A gigabyte is unpacked, read, and put in place within two minutes. */
    private static final Duration DEADLINE = Duration.ofMinutes(15);

    private final OfferedRepairs repairs;

    @Activate
    public BackupRepairs(
            BundleContext context,
            @Reference BackupComponent backups,
            @Reference DatabaseReferences database) {
        repairs =
                new OfferedRepairs(
                        context,
                        new TimedRepair(
                                "backup.restore-database",
                                Scope.PART,
                                "queries fail for some seconds, and what was deleted since the"
                                        + " backup is there again; what was counted since stays",
                                DEADLINE,
                                () ->
                                        backups.facts().newestProven().isPresent()
                                                ? List.of(STORE)
                                                : List.of(),
                                (target, reason, actor) -> restore(backups, database, actor)));
    }

    /** Out of a damaged one nothing could be taken over: it is made anew first, by its owner. */
    private static RecoveryResult restore(
            BackupComponent backups, DatabaseReferences database, Actor actor)
            throws BackupException, InterruptedException {
        return database.isDamaged()
                ? RecoveryResult.failed("the database is to be made anew first, by store.reopen")
                : RecoveryResult.done(backups.restoreDatabase(actor));
    }

    @Deactivate
    void close() {
        repairs.close();
    }
}
