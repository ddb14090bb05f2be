package io.visionops.console.internal;

import io.visionops.support.thread.DaemonThreads;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Scrapes one at a time in a thread of its own, within a limit: a meter of some part that hangs
 * takes that thread, and not one of the web server for each scrape. Thread-safe.
 */
final class Scraper implements AutoCloseable {

    private final Supplier<String> source;
    private final Duration limit;
    private final ReentrantLock turn = new ReentrantLock();

    /** One task waits at most: the one before may hang. */
    private final ThreadPoolExecutor thread =
            DaemonThreads.pool("visionops-console-scrape", 1, 1, Duration.ofMinutes(1));

    /**
     * @param limit for the wait and for the scrape, each
     */
    Scraper(Supplier<String> source, Duration limit) {
        this.source = source;
        this.limit = limit;
    }

    /** There is no answer now, for the reason in the message. */
    static final class UnavailableException extends Exception {

        private static final long serialVersionUID = 1L;

        UnavailableException(String message) {
            super(message);
        }
    }

    String scrape() throws UnavailableException, ExecutionException {
        try {
            if (!turn.tryLock(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new UnavailableException("others are being answered, try again");
            }
            try {
                return inTime();
            } finally {
                turn.unlock();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("the console is being stopped");
        }
    }

    private String inTime() throws UnavailableException, ExecutionException, InterruptedException {
        FutureTask<String> task = new FutureTask<>(source::get);
        try {
            thread.execute(task);
            return task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            task.cancel(true);
            thread.remove(task);
            throw new UnavailableException("the metrics took longer than " + limit);
        } catch (RejectedExecutionException e) {
            throw new UnavailableException("the console is being stopped");
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
