package io.visionops.support.thread;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionHandler;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Threads and pools of daemon threads. A part that fails to end a thread of its own does not keep
 * the program from ending. Names are {@code visionops-PART-WHAT}; where a pool has several threads,
 * their number follows.
 */
public final class DaemonThreads {

    private DaemonThreads() {}

    /** A thread that is not started yet. */
    public static Thread create(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    /**
     * A pool whose threads end when there is nothing to do.
     *
     * @param waiting tasks that wait for a thread, at most; with 0 a task is rejected while all
     *     threads are busy
     * @param idle how long a thread waits for the next task
     * @param rejected called for a task that does not fit, and for every task after a shutdown
     */
    public static ThreadPoolExecutor pool(
            String name,
            int threads,
            int waiting,
            Duration idle,
            RejectedExecutionHandler rejected) {
        BlockingQueue<Runnable> queue =
                waiting == 0 ? new SynchronousQueue<>() : new ArrayBlockingQueue<>(waiting);
        // With a queue, threads beyond the core are started only when it is full.
        int core = waiting == 0 ? 0 : threads;
        ThreadPoolExecutor pool =
                new ThreadPoolExecutor(
                        core,
                        threads,
                        idle.toMillis(),
                        TimeUnit.MILLISECONDS,
                        queue,
                        factory(name, threads > 1),
                        rejected);
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /** The same; a task that does not fit is rejected with an exception. */
    public static ThreadPoolExecutor pool(String name, int threads, int waiting, Duration idle) {
        return pool(name, threads, waiting, idle, new ThreadPoolExecutor.AbortPolicy());
    }

    /** One thread for tasks of which none may be lost: any number may wait. */
    public static ThreadPoolExecutor inOrder(String name) {
        return new ThreadPoolExecutor(
                1, 1, 0, TimeUnit.MILLISECONDS, new LinkedBlockingQueue<>(), factory(name, false));
    }

    /** One thread for what is done later or again; what is cancelled is forgotten at once. */
    public static ScheduledThreadPoolExecutor scheduler(String name) {
        ScheduledThreadPoolExecutor scheduler =
                new ScheduledThreadPoolExecutor(1, factory(name, false));
        scheduler.setRemoveOnCancelPolicy(true);
        return scheduler;
    }

    private static ThreadFactory factory(String name, boolean numbered) {
        AtomicInteger count = new AtomicInteger();
        return work -> create(numbered ? name + "-" + count.incrementAndGet() : name, work);
    }
}
