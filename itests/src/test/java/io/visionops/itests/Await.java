package io.visionops.itests;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;

/** Waits for a condition, and says what was waited for by failing at its line. */
final class Await {

    private Await() {}

    static void until(int seconds, Callable<Boolean> condition) {
        Awaitility.await()
                .atMost(
                        Duration.ofSeconds(seconds).toMillis(),
                        java.util.concurrent.TimeUnit.MILLISECONDS)
                .pollInterval(250, java.util.concurrent.TimeUnit.MILLISECONDS)
                .until(condition);
    }
}
