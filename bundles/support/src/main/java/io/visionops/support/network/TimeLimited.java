package io.visionops.support.network;

import io.visionops.support.thread.DaemonThreads;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Outside calls that know no deadline of their own. */
public final class TimeLimited {

    private TimeLimited() {}

    /**
     * Calls from a thread that is left to itself when it is late: what it waits for must come to an
     * end by other means, such as the end of a process.
     *
     * @throws SocketTimeoutException when it is late
     */
    public static <T> T call(Callable<T> call, Deadline deadline) throws IOException {
        FutureTask<T> task = new FutureTask<>(call);
        DaemonThreads.create("visionops-network-call", task).start();
        try {
            return task.get(deadline.millis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException known) {
                throw known;
            }
            throw new IOException(String.valueOf(e.getCause()), e);
        } catch (TimeoutException e) {
            throw new SocketTimeoutException("nothing came in time");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }
}
