package io.visionops.updater.internal.source;

import io.visionops.updater.internal.metadata.RepositoryException;
import io.visionops.updater.internal.metadata.RepositoryException.Reason;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What is waited for, so that a stop ends each wait at once. Thread-safe. */
final class OpenRequests implements AutoCloseable {

    private final CountDownLatch closed = new CountDownLatch(1);
    private final Set<Runnable> waits = ConcurrentHashMap.newKeySet();

    /**
     * @param abort ends the wait; called by whoever closes, at once if that has been
     */
    void add(Runnable abort) {
        waits.add(abort);
        if (isClosed()) {
            abort.run();
        }
    }

    void remove(Runnable abort) {
        waits.remove(abort);
    }

    boolean isClosed() {
        return closed.getCount() == 0;
    }

    void requireOpen() throws RepositoryException {
        if (isClosed()) {
            throw new RepositoryException(Reason.CANCELLED, "stopped");
        }
    }

    /** Waits for no more than that, and not at all once it is closed. */
    void pause(long nanos) throws RepositoryException, InterruptedException {
        if (closed.await(nanos, TimeUnit.NANOSECONDS)) {
            requireOpen();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        waits.forEach(Runnable::run);
    }
}
