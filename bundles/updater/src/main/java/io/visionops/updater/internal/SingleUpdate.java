package io.visionops.updater.internal;

import io.visionops.api.update.UpdateException;
import io.visionops.support.log.LogContext;
import io.visionops.support.thread.DaemonThreads;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread of the updates, which does one at a time. Thread-safe. */
final class SingleUpdate implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SingleUpdate.class);

    /** How long the end of the updater waits for the step that an update is at. */
    private static final Duration STOP = Duration.ofSeconds(5);

    private final ExecutorService thread = DaemonThreads.inOrder("visionops-updater");
    private final AtomicBoolean busy = new AtomicBoolean();

    /** What is to be done. */
    @FunctionalInterface
    interface Work {
        void run() throws IOException, InterruptedException, UpdateException;
    }

    /** Begins it; false when another is under way. */
    boolean tryBegin(Work work) {
        if (!busy.compareAndSet(false, true)) {
            return false;
        }
        execute(work);
        return true;
    }

    /** Begins it in any case, after one that is under way. */
    void begin(Work work) {
        busy.set(true);
        execute(work);
    }

    private void execute(Work work) {
        thread.execute(LogContext.carried(() -> run(work)));
    }

    private void run(Work work) {
        try {
            work.run();
        } catch (IOException | UpdateException | RuntimeException e) {
            LOG.error("the updater failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            busy.set(false);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
        try {
            // What it is writing is whole before another one writes.
            if (!thread.awaitTermination(STOP.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("the update under way does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
