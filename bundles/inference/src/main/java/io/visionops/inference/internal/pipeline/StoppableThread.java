package io.visionops.inference.internal.pipeline;

import io.visionops.support.thread.DaemonThreads;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A thread that is stopped step by step: a request ends its waits and lets it finish the work at
 * hand, then that is interrupted too, and at last nobody waits for it any more. Thread-safe; what
 * is for the thread itself says so.
 */
final class StoppableThread {

    private final Thread thread;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean abandoned;

    private final Object work = new Object();

    /** Guarded by "work". */
    private boolean atWork;

    /**
     * @param name of the thread
     * @param body ends soon when {@link #isStopping} or when it is interrupted
     */
    StoppableThread(String name, Runnable body) {
        // Work that hangs must not keep the process.
        this.thread = DaemonThreads.create(name, () -> run(body));
    }

    private void run(Runnable body) {
        try {
            body.run();
        } finally {
            ended.countDown();
        }
    }

    void start() {
        thread.start();
    }

    /** Tells the thread to end; it does after the work at hand, which it finishes. */
    void requestStop() {
        stop.countDown();
        synchronized (work) {
            if (!atWork) {
                thread.interrupt();
            }
        }
    }

    /** Tells the thread to end at once, as far as its work can be interrupted. */
    void insist() {
        thread.interrupt();
    }

    /** Nobody waits for this thread any more: what it still finds out is for nothing. */
    void abandon() {
        abandoned = true;
    }

    boolean isStopping() {
        return stop.getCount() == 0;
    }

    boolean isAbandoned() {
        return abandoned;
    }

    boolean hasEnded() {
        return ended.getCount() == 0;
    }

    /** Returns false when the thread has not ended in time. */
    boolean awaitEnd(long atMostNanos) throws InterruptedException {
        return ended.await(atMostNanos, TimeUnit.NANOSECONDS);
    }

    /** Pauses until the time is over or the stop is requested; for the thread itself. */
    void pause(long atMostNanos) throws InterruptedException {
        // What ends the pause is not told: who pauses asks isStopping() in any case.
        boolean unused = stop.await(atMostNanos, TimeUnit.NANOSECONDS);
    }

    /** From now on a request to stop interrupts nothing; for the thread itself. */
    void beginWork() {
        synchronized (work) {
            atWork = true;
            // An interrupt that was meant for the wait before must not reach the work.
            boolean unused = Thread.interrupted();
        }
    }

    /** Counterpart of {@link #beginWork}; for the thread itself. */
    void endWork() {
        synchronized (work) {
            atWork = false;
        }
    }
}
