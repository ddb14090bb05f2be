package io.visionops.itests;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.awaitility.Duration;
import org.awaitility.pollinterval.PollInterval;

/** Waits for a condition, and says what was waited for by failing at its line. */
final class Await {

    /** Asking starts a program, which takes from what is waited for: later it is asked less. */
    private static final PollInterval LESS_AND_LESS =
            (poll, before) -> new Duration(Math.min(250L * poll, 1000), MILLISECONDS);

    /** The computer of the gate is now and then so many times slower than one that is at rest. */
    private static final int SLOW = 3;

    private Await() {}

    /**
     * @param seconds that it takes at most on a computer at rest; how long it does take is for
     *     benches to tell
     */
    static void until(int seconds, Callable<Boolean> condition) {
        Awaitility.await()
                .atMost(SLOW * seconds, SECONDS)
                .pollInterval(LESS_AND_LESS)
                .until(condition);
    }
}
