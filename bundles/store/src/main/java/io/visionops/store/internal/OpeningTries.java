package io.visionops.store.internal;

import io.visionops.api.time.Ticker;
import io.visionops.support.breaker.Breaker;
import io.visionops.support.breaker.BreakerPolicy;
import io.visionops.support.breaker.BreakerStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When a database is tried to be opened again, and why it is not open. Read by any thread, changed
 * by the one that opens.
 */
final class OpeningTries {

    private static final Logger LOG = LoggerFactory.getLogger(OpeningTries.class);

    private final BreakerPolicy policy;
    private final Breaker breaker;

    private volatile Optional<String> trouble = Optional.empty();

    /**
     * @param policy before its circuit opens the first wait is between two tries
     */
    OpeningTries(BreakerPolicy policy, Ticker ticker) {
        this.policy = policy;
        this.breaker = new Breaker("database", policy, ticker);
    }

    /** Whether it is to be tried now; whoever may says what came of it. */
    boolean tryAcquire() {
        return breaker.tryAcquire();
    }

    /** It is open. */
    void succeeded() {
        breaker.succeeded();
        trouble = Optional.empty();
    }

    /**
     * It cannot be opened. A cause is logged once, however often it is met.
     *
     * @param words the cause, for a person
     */
    void failed(Path file, Throwable cause, String words) {
        breaker.failed(cause);
        if (!trouble.equals(Optional.of(words))) {
            LOG.error(
                    "database {} is not used: {}; trying again, at the latest after {} s",
                    file,
                    words,
                    policy.longestWait().toSeconds());
            trouble = Optional.of(words);
        }
    }

    /** Nobody has foreseen that. */
    void failed(Throwable unexpected) {
        breaker.failed(unexpected);
        LOG.error("the store failed and tries again", unexpected);
        trouble = Optional.of(unexpected.toString());
    }

    /** How long to wait before it is asked again whether to try. */
    Duration untilNextTry() {
        Duration wait = Duration.ofMillis(breaker.status().untilNextTry().toMillis());
        Duration pause = policy.firstWait();
        if (wait.isZero()) {
            return pause;
        }
        Duration past = wait.plusMillis(1);
        return past.compareTo(pause) < 0 ? past : pause;
    }

    /** Why it could not be opened at the last try. */
    Optional<String> trouble() {
        return trouble;
    }

    BreakerStatus status() {
        return breaker.status();
    }
}
