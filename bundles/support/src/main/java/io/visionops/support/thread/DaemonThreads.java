package io.visionops.support.thread;

import io.visionops.support.fault.MachineErrors;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionHandler;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Threads and pools of daemon threads. A part that fails to end a thread of its own does not keep
 * the program from ending. Names are {@code visionops-PART-WHAT}; where a pool has several threads,
 * their number follows. Where work fails with an error of the machine the program ends ({@link
 * MachineErrors}), whether or not somebody looks at what became of that work.
 */
public final class DaemonThreads {

    private static final Logger LOG = LoggerFactory.getLogger(DaemonThreads.class);

    private DaemonThreads() {}

    /** A thread that is not started yet. */
    public static Thread create(String name, Runnable work) {
        Thread thread = new Thread(() -> run(work), name);
        thread.setDaemon(true);
        return thread;
    }

    private static void run(Runnable work) {
        try {
            work.run();
            endIfFailed(work);
        } catch (Throwable e) {
            MachineErrors.endIf(e);
            LOG.error("the thread {} has failed", Thread.currentThread().getName(), e);
        }
    }

    /** A future keeps to itself what its work has failed with; perhaps nobody asks for it. */
    private static void endIfFailed(Runnable work) {
        if (work instanceof Future<?> future && future.isDone() && !future.isCancelled()) {
            try {
                future.get();
            } catch (ExecutionException e) {
                MachineErrors.endIf(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
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
                new Pool(core, threads, idle, queue, factory(name, threads > 1), rejected);
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /** The same; a task that does not fit is rejected with an exception. */
    public static ThreadPoolExecutor pool(String name, int threads, int waiting, Duration idle) {
        return pool(name, threads, waiting, idle, new ThreadPoolExecutor.AbortPolicy());
    }

    /** One thread for tasks of which none may be lost: any number may wait. */
    public static ThreadPoolExecutor inOrder(String name) {
        return new Pool(
                1,
                1,
                Duration.ZERO,
                new LinkedBlockingQueue<>(),
                factory(name, false),
                new ThreadPoolExecutor.AbortPolicy());
    }

    /** One thread for what is done later or again; what is cancelled is forgotten at once. */
    public static ScheduledThreadPoolExecutor scheduler(String name) {
        ScheduledThreadPoolExecutor scheduler = new Scheduler(factory(name, false));
        scheduler.setRemoveOnCancelPolicy(true);
        return scheduler;
    }

    private static ThreadFactory factory(String name, boolean numbered) {
        AtomicInteger count = new AtomicInteger();
        return work -> create(numbered ? name + "-" + count.incrementAndGet() : name, work);
    }

    private static final class Pool extends ThreadPoolExecutor {

        Pool(
                int core,
                int most,
                Duration idle,
                BlockingQueue<Runnable> queue,
                ThreadFactory factory,
                RejectedExecutionHandler rejected) {
            super(core, most, idle.toMillis(), TimeUnit.MILLISECONDS, queue, factory, rejected);
        }

        @Override
        protected void afterExecute(Runnable task, @Nullable Throwable thrown) {
            endIfFailed(task);
        }
    }

    private static final class Scheduler extends ScheduledThreadPoolExecutor {

        Scheduler(ThreadFactory factory) {
            super(1, factory);
        }

        @Override
        protected void afterExecute(Runnable task, @Nullable Throwable thrown) {
            endIfFailed(task);
        }
    }
}
