package io.visionops.processes.internal;

import io.visionops.api.time.Ticker;
import io.visionops.support.fault.RepeatedTask;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How long a detached child waits to be claimed. Not thread-safe: guarded by the child, which looks
 * again and again whether somebody came.
 */
final class ClaimDeadline {

    private static final Logger LOG = LoggerFactory.getLogger(ClaimDeadline.class);
    private static final Duration CHECK = Duration.ofMillis(200);

    private final String name;
    private final Duration limit;
    private final Ticker ticker;
    private final ScheduledExecutorService timer;

    /** Of the ticker, in nanoseconds. */
    private long detachedAt;

    private @Nullable ScheduledFuture<?> checks;

    ClaimDeadline(String name, Duration limit, Ticker ticker, ScheduledExecutorService timer) {
        this.name = name;
        this.limit = limit;
        this.ticker = ticker;
        this.timer = timer;
    }

    /**
     * The child is detached now.
     *
     * @param check run by the timer until {@link #stop}
     */
    void begin(Runnable check) {
        stop();
        detachedAt = ticker.nanos();
        try {
            checks = RepeatedTask.schedule(timer, "the wait for a claim", CHECK, CHECK, check);
        } catch (RejectedExecutionException e) {
            LOG.debug("child {} is being ended with all others", name);
        }
    }

    /** Whether it has passed since the child was detached last. */
    boolean isOver() {
        return ticker.nanos() - detachedAt >= limit.toNanos();
    }

    /** Somebody holds the child, or there is nothing to wait for any more. */
    void stop() {
        if (checks != null) {
            checks.cancel(false);
            checks = null;
        }
    }
}
