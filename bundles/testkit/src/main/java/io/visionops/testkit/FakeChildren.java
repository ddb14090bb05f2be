package io.visionops.testkit;

import io.visionops.api.child.Child;
import io.visionops.api.child.ChildProcesses;
import io.visionops.api.child.ChildSpec;
import io.visionops.api.child.ChildUsage;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The custody of child processes without a process: a test says what a child prints, when it ends
 * and whether it can be started. Names are taken and claimed as in the real one. Thread-safe.
 */
public final class FakeChildren implements ChildProcesses {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** In the order of their starts. Guarded by "this", as all below. */
    private final List<FakeChild> started = new ArrayList<>();

    private Optional<String> refusal = Optional.empty();

    @Override
    public synchronized Child start(ChildSpec spec) throws IOException {
        if (refusal.isPresent()) {
            throw new IOException(refusal.get());
        }
        if (alive(spec.name()).isPresent()) {
            throw new IllegalStateException("a child " + spec.name() + " is alive");
        }
        FakeChild child = new FakeChild(spec, new FakeProcess(1_000_000 + started.size()));
        started.add(child);
        notifyAll();
        return child;
    }

    @Override
    public synchronized Optional<Child> claim(String name) {
        return alive(name).filter(FakeChild::claim).map(Child.class::cast);
    }

    private Optional<FakeChild> alive(String name) {
        return started.stream()
                .filter(child -> child.name().equals(name) && child.isAlive())
                .findFirst();
    }

    @Override
    public List<ChildUsage> usage() {
        return List.of();
    }

    /** No child can be started from now on, for that reason. */
    public synchronized void refuse(String reason) {
        refusal = Optional.of(reason);
    }

    /** They can again. */
    public synchronized void allow() {
        refusal = Optional.empty();
    }

    /** How many were started. */
    public synchronized int starts() {
        return started.size();
    }

    /**
     * Waits until that many were started.
     *
     * @return the last of them
     */
    public synchronized FakeChild awaitStart(int number) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (started.size() < number) {
            long left = Duration.ofNanos(end - System.nanoTime()).toMillis();
            if (left <= 0) {
                throw new AssertionError(started.size() + " children were started");
            }
            wait(left);
        }
        return started.get(number - 1);
    }
}
