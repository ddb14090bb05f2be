package io.visionops.updater.internal.install;

import io.visionops.api.update.CanaryReport;
import io.visionops.api.update.UpdateStatus.Stage;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How far the update under way is, or what became of the last one. Thread-safe. */
public final class Progress {

    private static final Logger LOG = LoggerFactory.getLogger(Progress.class);

    private final Clock clock;
    private volatile Moment moment;
    private volatile Optional<CanaryReport> canary = Optional.empty();

    /**
     * At one moment.
     *
     * @param target number of the release that is installed
     * @param bytes of {@code total} that were fetched
     */
    public record Moment(
            Stage stage, long target, String detail, long bytes, long total, Instant since) {}

    public Progress(Clock clock) {
        this.clock = clock;
        moment = new Moment(Stage.IDLE, 0, "", 0, 0, clock.instant());
    }

    public Moment moment() {
        return moment;
    }

    /** The next stage. */
    public void enter(Stage stage, long target, String detail) {
        Moment before = moment;
        moment = new Moment(stage, target, detail, before.bytes(), before.total(), clock.instant());
        LOG.info(
                "update to release {}: {}{}", target, stage, detail.isEmpty() ? "" : ", " + detail);
    }

    /** How the comparison goes, or went. */
    public void compared(CanaryReport report) {
        canary = Optional.of(report);
    }

    public Optional<CanaryReport> canary() {
        return canary;
    }

    /** What the present stage is at. */
    void at(String detail) {
        Moment now = moment;
        moment =
                new Moment(
                        now.stage(), now.target(), detail, now.bytes(), now.total(), now.since());
    }

    /** What was fetched so far. */
    public void fetched(long bytes, long total) {
        Moment now = moment;
        moment = new Moment(now.stage(), now.target(), now.detail(), bytes, total, now.since());
    }
}
