package io.visionops.inference.internal.pipeline;

import io.visionops.support.fault.MachineErrors;
import io.visionops.support.journal.JournalBuffer;
import io.visionops.support.thread.DaemonThreads;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that gives the journal what waits in the buffer, so that no camera waits for the
 * journal. Thread-safe.
 */
final class JournalFeed {

    private static final long PAUSE_AFTER_FAULT_SECONDS = 1;
    private static final long JOIN_MILLIS = 200;

    private static final Logger LOG = LoggerFactory.getLogger(JournalFeed.class);

    /** What the thread does until it is interrupted. */
    @FunctionalInterface
    interface Pump {
        void run() throws InterruptedException;
    }

    private final JournalBuffer buffer;
    private final Pump pump;
    private final Thread thread;
    private final CountDownLatch stop = new CountDownLatch(1);

    JournalFeed(JournalBuffer buffer) {
        this(buffer, buffer::run);
    }

    JournalFeed(JournalBuffer buffer, Pump pump) {
        this.buffer = buffer;
        this.pump = pump;
        this.thread = DaemonThreads.create("visionops-inference-journal", this::feed);
    }

    void start() {
        thread.start();
    }

    /**
     * Ends the thread when all is written, or at the deadline; what is still in the buffer then
     * stays there.
     *
     * @param deadline by {@link System#nanoTime}
     */
    void close(long deadline) throws InterruptedException {
        // A journal that is away now may be away for long.
        boolean written = buffer.connected() && buffer.awaitEmpty(deadline - System.nanoTime());
        if (!written && buffer.size() > 0) {
            LOG.warn(
                    "{} entries are not in the journal yet and are left to the next start",
                    buffer.size());
        }
        stop.countDown();
        thread.interrupt();
        thread.join(JOIN_MILLIS);
    }

    private void feed() {
        try {
            while (stop.getCount() > 0) {
                feedUntilFault();
            }
        } catch (InterruptedException e) {
            // Told to stop.
        }
    }

    private void feedUntilFault() throws InterruptedException {
        try {
            pump.run();
        } catch (InterruptedException e) {
            throw e;
        } catch (Throwable e) {
            MachineErrors.endIf(e);
            LOG.error("feeding the journal failed, it goes on in a second", e);
            boolean unused = stop.await(PAUSE_AFTER_FAULT_SECONDS, TimeUnit.SECONDS);
        }
    }
}
