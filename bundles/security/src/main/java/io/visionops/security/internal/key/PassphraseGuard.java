package io.visionops.security.internal.key;

import io.visionops.api.secret.SecretException;
import io.visionops.api.time.Ticker;
import io.visionops.support.throttle.FailedAttempts;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides whether a passphrase may be tried now: after three wrong ones in a row the next try waits
 * 1, 2, 4 ... 60 s, and what comes sooner is refused unseen and does not prolong the wait. One is
 * tried at a time. Thread-safe.
 */
public final class PassphraseGuard {

    private static final int FREE_TRIES = 3;

    private static final Logger LOG = LoggerFactory.getLogger(PassphraseGuard.class);

    private final Ticker ticker;

    /** Guarded by "this". */
    private @Nullable FailedAttempts failed;

    public PassphraseGuard(Ticker ticker) {
        this.ticker = ticker;
    }

    /** What needs the right passphrase. */
    @FunctionalInterface
    public interface Attempt {

        /**
         * @throws WrongPassphraseException when it is another one
         */
        void run() throws SecretException;
    }

    /**
     * @throws SecretException as the attempt throws it, or when it is too early for another one
     */
    public synchronized void allow(Attempt attempt) throws SecretException {
        Duration wait = delay();
        if (!wait.isZero()) {
            throw new SecretException("too many wrong passphrases" + next(wait));
        }
        try {
            attempt.run();
            failed = null;
        } catch (WrongPassphraseException e) {
            long now = ticker.nanos();
            failed = failed == null ? new FailedAttempts(1, now) : failed.again(now);
            String reason = e.getMessage() + (delay().isZero() ? "" : next(delay()));
            LOG.warn("master key: {}, {} in a row", reason, failed.count());
            throw new SecretException(reason, e);
        }
    }

    private Duration delay() {
        return failed == null ? Duration.ZERO : failed.delay(FREE_TRIES, ticker.nanos());
    }

    private static String next(Duration wait) {
        return ", next try in " + (wait.toMillis() + 999) / 1_000 + " s";
    }
}
