package io.visionops.shell.internal;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The time between two looks of a command that waits for what tells nobody. */
public final class Pause {

    private Pause() {}

    /**
     * @throws InterruptedException at once, when whoever called the command does not want it any
     *     more
     */
    public static void millis(long millis) throws InterruptedException {
        if (new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException("nobody counts it down");
        }
    }
}
