package io.visionops.support.thread;

import io.visionops.support.fault.MachineErrors;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls that keep their deadline whatever they do: each is made by a thread of its own, one at a
 * time. Thread-safe.
 */
public final class TimedCalls implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TimedCalls.class);

    private final String name;
    private final String thread;
    private final Duration deadline;
    private final AtomicReference<@Nullable Thread> underWay = new AtomicReference<>();
    private volatile boolean closed;

    /**
     * @param name what a person calls them
     */
    public TimedCalls(String name, String thread, Duration deadline) {
        this.name = name;
        this.thread = thread;
        this.deadline = deadline;
    }

    /**
     * Makes a call.
     *
     * @param failure the result of a call that fails, by the reason in one line
     */
    public <R> R run(Callable<R> call, Function<String, R> failure) {
        FutureTask<R> result = new FutureTask<>(() -> runAlone(call));
        Thread own =
                DaemonThreads.create(
                        thread,
                        () -> {
                            result.run();
                            // Also one that was called off before it began.
                            over();
                        });
        if (closed || !underWay.compareAndSet(null, own)) {
            return failure.apply("another " + name + " is under way, or the part stops");
        }
        own.start();
        try {
            return result.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            MachineErrors.endIf(cause);
            LOG.warn("{} failed", name, cause);
            return failure.apply(
                    cause.getMessage() == null ? cause.toString() : cause.getMessage());
        } catch (TimeoutException e) {
            result.cancel(true);
            return failure.apply("not done within " + deadline.toSeconds() + " s");
        } catch (InterruptedException e) {
            result.cancel(true);
            Thread.currentThread().interrupt();
            return failure.apply("interrupted");
        }
    }

    private <R> R runAlone(Callable<R> call) throws Exception {
        try {
            return call.call();
        } finally {
            // Before the caller has the result: he may ask for the next at once.
            over();
        }
    }

    private void over() {
        underWay.compareAndSet(Thread.currentThread(), null);
    }

    /** Interrupts the call that is under way; later ones fail. */
    @Override
    public void close() {
        closed = true;
        Thread running = underWay.get();
        if (running != null) {
            running.interrupt();
        }
    }
}
