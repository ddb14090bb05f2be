package io.visionops.ingest.internal.camera;

import io.visionops.support.fault.MachineErrors;
import io.visionops.support.thread.DaemonThreads;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out changes of cameras one after the other by one thread, so that what they change needs
 * no lock and nobody who brings one waits for it. Thread-safe.
 */
final class ChangeQueue {

    private static final Logger LOG = LoggerFactory.getLogger(ChangeQueue.class);

    private final ExecutorService thread = DaemonThreads.inOrder("visionops-ingest-configuration");
    private volatile boolean closing;

    /** Left out when it is not begun before the end; one that fails is logged. */
    void submit(Runnable change) {
        try {
            thread.execute(
                    () -> {
                        try {
                            if (!closing) {
                                change.run();
                            }
                        } catch (RuntimeException | Error e) {
                            MachineErrors.endIf(e);
                            LOG.error("a change of cameras failed: {}", e.toString(), e);
                        }
                    });
        } catch (RejectedExecutionException e) {
            LOG.debug("too late for a change of cameras", e);
        }
    }

    /** What a change leaves to be done after those that wait; done at the end, too. */
    void defer(Runnable rest) {
        try {
            thread.execute(rest);
        } catch (RejectedExecutionException e) {
            rest.run();
        }
    }

    /**
     * Does something between two changes.
     *
     * @throws TimeoutException when a change took too long
     * @throws IllegalStateException after the end, or with what it fails by
     */
    <T> T call(Callable<T> work, Duration limit) throws InterruptedException, TimeoutException {
        try {
            return thread.submit(work).get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (RejectedExecutionException e) {
            throw new IllegalStateException("ingest is being stopped", e);
        }
    }

    /**
     * Begins no other change.
     *
     * @return whether the last one is through within the limit
     */
    boolean close(Duration limit) throws InterruptedException {
        closing = true;
        thread.shutdown();
        return thread.awaitTermination(limit.toMillis(), TimeUnit.MILLISECONDS);
    }
}
