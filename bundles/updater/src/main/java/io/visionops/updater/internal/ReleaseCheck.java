package io.visionops.updater.internal;

import io.visionops.api.update.UpdateResult;
import io.visionops.api.update.UpdateStatus;
import io.visionops.updater.internal.install.UpdateOutcome;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.felix.hc.api.FormattingResultLog;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Whether the last update was good, and whether the repository can be read. Reads what is known: no
 * I/O. No tag {@code ready}: cameras are watched by what is installed.
 */
@Component(
        property = {
            "hc.name=visionops.updater.releases",
            "hc.tags=visionops",
            "hc.tags=updater",
            "visionops.remedy=update-history says what became of updates, update-check whether the"
                    + " repository can be read"
        })
public final class ReleaseCheck implements HealthCheck {

    /** A repository that is held back for longer would hold back the mend of a fault. */
    static final Duration STALE = Duration.ofDays(3);

    /** A clock that is behind by more was set back, or never set. */
    static final Duration CLOCK = Duration.ofHours(1);

    private final UpdaterComponent updater;

    @Activate
    public ReleaseCheck(@Reference UpdaterComponent updater) {
        this.updater = updater;
    }

    @Override
    public Result execute() {
        return judge(
                updater.status(), updater.history(), updater.unreadable(), updater.clockBehind());
    }

    /**
     * @param unreadable why the repository cannot be read, and for how long; empty when it can be
     * @param behind by how much the clock is behind the time that is known to have been
     */
    static Result judge(
            UpdateStatus status,
            List<UpdateResult> history,
            Optional<UnreadableRepository> unreadable,
            Duration behind) {
        FormattingResultLog log = new FormattingResultLog();
        history.stream()
                .findFirst()
                .filter(last -> !last.outcome().equals(UpdateOutcome.INSTALLED.word()))
                .ifPresent(
                        last ->
                                log.warn(
                                        "the update to release {} is {}: {}",
                                        last.to(),
                                        last.outcome(),
                                        last.detail()));
        unreadable
                .filter(one -> one.length().compareTo(STALE) > 0)
                .ifPresent(
                        one ->
                                log.warn(
                                        "the repository of releases cannot be read since {} days:"
                                                + " {}",
                                        one.length().toDays(),
                                        one.reason()));
        if (behind.compareTo(CLOCK) > 0) {
            log.warn(
                    "the clock is {} h behind the time that is known to have been: releases expire by"
                            + " the latter; set it",
                    behind.toHours());
        }
        log.info("release {} ({}) is installed", status.installed(), status.version());
        return new Result(log);
    }
}
