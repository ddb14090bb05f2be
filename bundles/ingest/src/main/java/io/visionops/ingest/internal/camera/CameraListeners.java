package io.visionops.ingest.internal.camera;

import io.visionops.api.camera.CameraChange;
import io.visionops.api.camera.CameraListener;
import io.visionops.support.thread.DaemonThreads;
import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells whoever listens of changes of cameras, each by a thread of its own. {@value #CAPACITY}
 * changes wait for each; then the oldest is left out, which is logged. Thread-safe; never blocks.
 */
public final class CameraListeners implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CameraListeners.class);

    static final int CAPACITY = 256;

    /** A thread that has nothing to tell ends. */
    private static final Duration IDLE = Duration.ofSeconds(10);

    /** Guarded by "this". */
    private final Map<CameraListener, ThreadPoolExecutor> threads = new IdentityHashMap<>();

    public synchronized void add(CameraListener listener) {
        threads.computeIfAbsent(listener, unused -> thread(listener));
    }

    public synchronized void remove(CameraListener listener) {
        ThreadPoolExecutor thread = threads.remove(listener);
        if (thread != null) {
            thread.shutdownNow();
        }
    }

    /** Nobody is told any more. */
    @Override
    public synchronized void close() {
        List.copyOf(threads.keySet()).forEach(this::remove);
    }

    public synchronized void tell(CameraChange change) {
        threads.forEach((listener, thread) -> thread.execute(() -> tell(listener, change)));
    }

    private static void tell(CameraListener listener, CameraChange change) {
        try {
            listener.changed(change);
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("{} fails with {}: {}", listener, change, e.toString(), e);
        }
    }

    private static ThreadPoolExecutor thread(CameraListener listener) {
        AtomicLong missed = new AtomicLong();
        return DaemonThreads.pool(
                "visionops-ingest-listener",
                1,
                CAPACITY,
                IDLE,
                (newest, executor) -> {
                    if (executor.isShutdown()) {
                        return;
                    }
                    executor.getQueue().poll();
                    executor.execute(newest);
                    if (missed.getAndIncrement() % CAPACITY == 0) {
                        LOG.warn("{} does not keep up: changes are left out", listener);
                    }
                });
    }
}
