package io.visionops.updater.internal.source;

import io.visionops.api.time.Ticker;
import io.visionops.updater.internal.metadata.RepositoryException;
import io.visionops.updater.internal.metadata.RepositoryException.Reason;
import java.time.Duration;

/** How long an answer may still take, and how fast it comes. Not thread-safe. */
final class Pace {

    private static final long SECOND = 1_000_000_000;

    private final HttpLimits limits;
    private final Ticker ticker;
    private final OpenRequests open;
    private final String what;
    private final long end;
    private long windowStart;
    private long windowBytes;
    private long due;

    Pace(HttpLimits limits, Duration whole, Ticker ticker, OpenRequests open, String what) {
        this.limits = limits;
        this.ticker = ticker;
        this.open = open;
        this.what = what;
        long now = ticker.nanos();
        this.end = now + whole.toNanos();
        this.windowStart = now;
        this.due = now;
    }

    /** For the next wait. */
    Duration left() throws RepositoryException {
        return left(limits.read());
    }

    Duration left(Duration most) throws RepositoryException {
        open.requireOpen();
        long left = end - ticker.nanos();
        if (left <= 0) {
            throw tooSlow();
        }
        return left < most.toNanos() ? Duration.ofNanos(left) : most;
    }

    /** Bytes have come: waits if they came too fast, refuses if they come too slowly. */
    void came(int bytes) throws RepositoryException, InterruptedException {
        long now = ticker.nanos();
        windowBytes += bytes;
        long window = now - windowStart;
        if (window >= limits.window().toNanos()) {
            if (windowBytes < (double) limits.leastRate() * window / SECOND) {
                throw tooSlow();
            }
            windowStart = now;
            windowBytes = 0;
        }
        if (limits.mostRate() > 0) {
            due =
                    Math.max(due, now - SECOND / 10)
                            + (long) ((double) bytes * SECOND / limits.mostRate());
            if (due > now) {
                open.pause(due - now);
            }
        }
    }

    RepositoryException tooSlow() {
        return new RepositoryException(Reason.TOO_SLOW, what + " does not come fast enough");
    }
}
