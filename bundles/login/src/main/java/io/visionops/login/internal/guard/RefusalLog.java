package io.visionops.login.internal.guard;

import io.visionops.api.time.Ticker;
import java.time.Duration;
import java.util.Locale;
import org.slf4j.Logger;

/** One line for each login that is refused, up to a number a minute. Thread-safe. */
final class RefusalLog {

    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final int MOST_LINES = 20;

    private final Logger log;
    private final Ticker ticker;
    private final LoginListener listener;

    /** Guarded by "this", as all below. */
    private long windowNanos;

    private int lines;
    private long left;

    RefusalLog(Logger log, Ticker ticker, LoginListener listener) {
        this.log = log;
        this.listener = listener;
        this.ticker = ticker;
        windowNanos = ticker.nanos();
    }

    synchronized void refused(Visitor visitor, String reason, Duration delay) {
        long now = ticker.nanos();
        if (now - windowNanos >= WINDOW.toNanos()) {
            if (left > 0) {
                log.warn("{} more logins were refused and not logged one by one", left);
                listener.moreRefused(left);
            }
            windowNanos = now;
            lines = 0;
            left = 0;
        }
        if (lines == MOST_LINES) {
            left++;
            return;
        }
        lines++;
        listener.refused(visitor, reason);
        log.warn(
                "login refused: {} over {}{}: {}{}",
                // A password typed in the place of the name must not reach the log.
                visitor.known() ? "user " + visitor.user() : "an unknown user",
                visitor.door(),
                visitor.address().isEmpty() ? "" : " from " + visitor.address(),
                reason,
                delay.isZero()
                        ? ""
                        : String.format(
                                Locale.ROOT,
                                ", next try in %d s",
                                delay.plusMillis(999).toSeconds()));
    }
}
