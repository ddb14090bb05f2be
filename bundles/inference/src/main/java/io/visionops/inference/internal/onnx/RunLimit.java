package io.visionops.inference.internal.onnx;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.visionops.support.thread.DaemonThreads;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Breaks a run off that takes too long; the first run of a model that nobody knows. */
final class RunLimit implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RunLimit.class);

    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread watcher;

    /** Starts to watch; the run has to be called with the same options. */
    RunLimit(OrtSession.RunOptions options, Duration limit) {
        watcher =
                DaemonThreads.create(
                        "visionops-inference-run-limit",
                        () -> {
                            try {
                                if (!over.await(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                                    options.setTerminate(true);
                                }
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            } catch (OrtException e) {
                                LOG.warn("a run that takes too long cannot be broken off", e);
                            }
                        });
        watcher.start();
    }

    /** Ends the watch, and returns when it has: the options may be freed then. */
    @Override
    public void close() {
        over.countDown();
        boolean interrupted = false;
        while (watcher.isAlive()) {
            try {
                watcher.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
