package io.visionops.support.recovery;

import io.visionops.api.recovery.RecoveryAction;
import io.visionops.api.recovery.RecoveryResult;
import io.visionops.api.subject.Actor;
import io.visionops.api.subject.Subject;
import io.visionops.support.thread.TimedCalls;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
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
    private final TimedCalls calls;

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
        this.calls = new TimedCalls(name, "visionops-repair-" + name.replace('.', '-'), deadline);
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
        return calls.run(() -> repair.run(target, reason, actor), RecoveryResult::failed);
    }

    @Override
    public void close() {
        calls.close();
    }
}
