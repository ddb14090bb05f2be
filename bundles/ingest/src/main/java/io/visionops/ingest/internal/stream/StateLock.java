package io.visionops.ingest.internal.stream;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * The one lock of a camera, and the sign by which its threads tell each other that something is
 * different. May be taken again by who has it.
 */
final class StateLock {

    private static final long LOOK = 1_000_000_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /** What waits on the way. */
    @FunctionalInterface
    interface Waiting<T> {
        T get() throws InterruptedException;
    }

    void run(Runnable task) {
        lock.lock();
        try {
            task.run();
        } finally {
            lock.unlock();
        }
    }

    <T> T get(Supplier<T> task) {
        lock.lock();
        try {
            return task.get();
        } finally {
            lock.unlock();
        }
    }

    <T> T await(Waiting<T> task) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            return task.get();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for a result of another thread.
     *
     * @param wanted asked again when something has changed
     * @return false when nobody wants it any more
     */
    boolean awaitResult(CompletableFuture<?> result, BooleanSupplier wanted)
            throws InterruptedException {
        result.whenComplete((value, failure) -> run(this::changed));
        return await(
                () -> {
                    while (!result.isDone() && wanted.getAsBoolean()) {
                        pause(LOOK);
                    }
                    return wanted.getAsBoolean();
                });
    }

    /** Lets others in until something has changed, at most for so long. For who has the lock. */
    void pause(long nanos) throws InterruptedException {
        changed.awaitNanos(nanos);
    }

    /** For who has the lock. */
    void changed() {
        changed.signalAll();
    }
}
