package io.visionops.backup.internal.work;

import io.visionops.api.backup.BackupStatus.Stage;
import io.visionops.backup.internal.format.Progress;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;

/** How far the work is. Thread-safe; one work at a time. */
public final class Stages implements Progress {

    private final Clock clock;
    private final AtomicLong bytes = new AtomicLong();
    private volatile Now now;
    private volatile boolean ended;

    /** One moment. */
    public record Now(
            Stage stage, String work, String id, String detail, long totalBytes, Instant since) {}

    public Stages(Clock clock) {
        this.clock = clock;
        now = new Now(Stage.IDLE, "", "", "", 0, clock.instant());
    }

    public Now now() {
        return now;
    }

    public long bytes() {
        return bytes.get();
    }

    /** Another work begins. */
    public void begin(String work, String id, Stage stage) {
        bytes.set(0);
        now = new Now(stage, work, id, "", 0, clock.instant());
    }

    void enter(Stage stage, String id, long totalBytes) {
        bytes.set(0);
        now = new Now(stage, now.work(), id, "", totalBytes, clock.instant());
    }

    /** It is over. */
    public void end(Stage stage, String detail) {
        Now last = now;
        now = new Now(stage, last.work(), last.id(), detail, last.totalBytes(), clock.instant());
    }

    /** No work goes on. */
    public void stop() {
        ended = true;
    }

    @Override
    public void done(long more) {
        if (ended) {
            throw new CancellationException("the part is being stopped");
        }
        bytes.addAndGet(more);
    }
}
