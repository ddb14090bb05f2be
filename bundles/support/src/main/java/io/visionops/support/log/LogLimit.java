package io.visionops.support.log;

import java.util.concurrent.TimeUnit;

/**
 * Lets the first of many like messages through, and then one a minute. Not thread-safe: guarded by
 * whoever logs.
 */
public final class LogLimit {

    private static final long INTERVAL = TimeUnit.MINUTES.toNanos(1);

    private boolean logged;
    private long loggedAt;

    /**
     * Whether to log now; when it says yes, the minute begins.
     *
     * @param now nanoseconds of a clock that only goes forward
     */
    public boolean allows(long now) {
        if (logged && now - loggedAt < INTERVAL) {
            return false;
        }
        logged = true;
        loggedAt = now;
        return true;
    }
}
