package io.visionops.support.fault;

import io.visionops.api.time.Ticker;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a scheduler repeats. A scheduler drops for ever, and without a word, what throws once: here
 * it is logged, at most once a minute, and the task is called again. An error of the machine ends
 * the program ({@link MachineErrors}). For one thread at a time.
 */
public final class RepeatedTask implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(RepeatedTask.class);
    private static final long LOG_INTERVAL = TimeUnit.MINUTES.toNanos(1);

    private final String what;
    private final Runnable task;
    private final Ticker ticker;
    private long failures;
    private long loggedAt;

    /**
     * @param what is done, for the log
     */
    public RepeatedTask(String what, Runnable task) {
        this(what, task, Ticker.system());
    }

    RepeatedTask(String what, Runnable task, Ticker ticker) {
        this.what = what;
        this.task = task;
        this.ticker = ticker;
    }

    @Override
    public void run() {
        try {
            task.run();
        } catch (Throwable e) {
            MachineErrors.endIf(e);
            long now = ticker.nanos();
            if (failures++ == 0 || now - loggedAt >= LOG_INTERVAL) {
                loggedAt = now;
                LOG.error("{} failed, {} times so far, and is tried again", what, failures, e);
            }
        }
    }
}
