package io.visionops.support.fault;

import io.visionops.support.log.LogLimit;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a scheduler repeats. A scheduler drops for ever, and without a word, what throws once: here
 * it is logged, at most once a minute, and the task is called again. An error of the machine ends
 * the program ({@link MachineErrors}). For one thread at a time.
 */
public final class RepeatedTask implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(RepeatedTask.class);

    private final String what;
    private final Runnable task;
    private final LongSupplier nanos;
    private final LogLimit logLimit = new LogLimit();
    private long failures;

    RepeatedTask(String what, Runnable task, LongSupplier nanos) {
        this.what = what;
        this.task = task;
        this.nanos = nanos;
    }

    /**
     * Repeats a task, with the same pause between an end and the next beginning.
     *
     * @param what is done, for the log
     * @param first until the first time
     * @throws RejectedExecutionException when the scheduler is shut down
     */
    public static ScheduledFuture<?> schedule(
            ScheduledExecutorService scheduler,
            String what,
            Duration first,
            Duration pause,
            Runnable task) {
        return scheduler.scheduleWithFixedDelay(
                new RepeatedTask(what, task, System::nanoTime),
                first.toNanos(),
                pause.toNanos(),
                TimeUnit.NANOSECONDS);
    }

    @Override
    public void run() {
        try {
            task.run();
        } catch (Throwable e) {
            MachineErrors.endIf(e);
            failures++;
            if (logLimit.allows(nanos.getAsLong())) {
                LOG.error("{} failed, {} times so far, and is tried again", what, failures, e);
            }
        }
    }
}
