package io.visionops.launcher.platform;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what nobody tells: that a process of somebody else ends, that a file comes. */
public final class Wait {

    private static final Duration LOOK = Duration.ofMillis(50);

    private Wait() {}

    /** Waits until the condition holds; false when it does not within the limit. */
    public static boolean until(Duration limit, BooleanSupplier condition) {
        return until(limit, LOOK, condition);
    }

    /**
     * Waits so for what may last long.
     *
     * @param look between two looks
     */
    public static boolean until(Duration limit, Duration look, BooleanSupplier condition) {
        long end = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end >= 0) {
                return false;
            }
            pause(look.toMillis());
        }
        return true;
    }

    public static void pause(long millis) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
            if (Thread.currentThread().isInterrupted()) {
                throw new Failure("interrupted");
            }
        }
    }
}
