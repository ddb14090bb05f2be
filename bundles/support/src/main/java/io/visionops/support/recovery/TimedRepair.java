package io.visionops.support.recovery;

import io.visionops.api.recovery.RecoveryAction;
import io.visionops.api.recovery.RecoveryResult;
import io.visionops.api.subject.Actor;
import io.visionops.api.subject.Subject;
import io.visionops.support.fault.MachineErrors;
import io.visionops.support.thread.DaemonThreads;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A recovery action that keeps its deadline whatever the part does: the repair is made by a thread
 * of its own, one at a time. Thread-safe.
 */
public final class TimedRepair implements RecoveryAction, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TimedRepair.class);

    private final String name;
    private final Scope scope;
    private final String cost;
    private final Duration deadline;
    private final Supplier<List<Subject>> targets;
    private final Repair repair;
    private final AtomicReference<@Nullable Thread> underWay = new AtomicReference<>();
    private volatile boolean closed;

    /** What is done. */
    @FunctionalInterface
    public interface Repair {

        /**
         * @throws Exception when it fails, with one line for a person
         */
        RecoveryResult run(Subject target, String reason, Actor actor) throws Exception;
    }

    public TimedRepair(
            String name,
            Scope scope,
            String cost,
            Duration deadline,
            Supplier<List<Subject>> targets,
            Repair repair) {
        this.name = name;
        this.scope = scope;
        this.cost = cost;
        this.deadline = deadline;
        this.targets = targets;
        this.repair = repair;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Scope scope() {
        return scope;
    }

    @Override
    public String cost() {
        return cost;
    }

    @Override
    public Duration deadline() {
        return deadline;
    }

    @Override
    public List<Subject> targets() {
        return List.copyOf(targets.get());
    }

    @Override
    public RecoveryResult run(Subject target, String reason, Actor actor) {
        if (!targets().contains(target)) {
            throw new IllegalArgumentException(name + " cannot be asked for " + target);
        }
        LOG.info("{} of {}, asked for by {}: {}", name, target, actor, reason);
        FutureTask<RecoveryResult> result = new FutureTask<>(() -> runAlone(target, reason, actor));
        Thread thread =
                DaemonThreads.create(
                        "visionops-repair-" + name.replace('.', '-'),
                        () -> {
                            result.run();
                            // Also one that was called off before it began.
                            over();
                        });
        if (closed || !underWay.compareAndSet(null, thread)) {
            return RecoveryResult.failed("another " + name + " is under way, or the part stops");
        }
        thread.start();
        try {
            return result.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            MachineErrors.endIf(cause);
            LOG.warn("{} of {} failed", name, target, cause);
            return RecoveryResult.failed(
                    cause.getMessage() == null ? cause.toString() : cause.getMessage());
        } catch (TimeoutException e) {
            result.cancel(true);
            return RecoveryResult.failed("not done within " + deadline.toSeconds() + " s");
        } catch (InterruptedException e) {
            result.cancel(true);
            Thread.currentThread().interrupt();
            return RecoveryResult.failed("interrupted");
        }
    }

    private RecoveryResult runAlone(Subject target, String reason, Actor actor) throws Exception {
        try {
            return repair.run(target, reason, actor);
        } finally {
            // Before the caller has the result: he may ask for the next at once.
            over();
        }
    }

    private void over() {
        underWay.compareAndSet(Thread.currentThread(), null);
    }

    @Override
    public void close() {
        closed = true;
        Thread thread = underWay.get();
        if (thread != null) {
            thread.interrupt();
        }
    }
}
