package io.visionops.processes.internal;

import io.visionops.api.child.Child;
import io.visionops.api.child.ChildSpec;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A child as its holder sees it. After {@link #detach()} it can still be looked at, but neither
 * read nor ended: it may have another holder by then. Thread-safe.
 */
final class ChildHandle implements Child {

    private final SupervisedChild child;
    private final InputStream output;

    private ChildHandle(SupervisedChild child) {
        this.child = child;
        output = child.output().of(() -> child.isHeldBy(this));
    }

    /** For whoever started it, dead or alive: what it printed is to be read either way. */
    static ChildHandle started(SupervisedChild child) {
        ChildHandle handle = new ChildHandle(child);
        child.hold(handle);
        return handle;
    }

    /** Empty unless the child is alive, not ending, and nobody holds it. */
    static Optional<ChildHandle> claim(SupervisedChild child) {
        ChildHandle handle = new ChildHandle(child);
        return child.claim(handle) ? Optional.of(handle) : Optional.empty();
    }

    /** Whether there is still something to hold. */
    boolean isCurrent() {
        return child.isHeldBy(this) && child.isAlive();
    }

    @Override
    public String name() {
        return child.spec().name();
    }

    @Override
    public ProcessHandle process() {
        return child.process();
    }

    @Override
    public ChildSpec spec() {
        return child.spec();
    }

    @Override
    public boolean isAlive() {
        return child.isAlive();
    }

    @Override
    public InputStream output() {
        return output;
    }

    @Override
    public long position() {
        return child.output().position();
    }

    @Override
    public List<String> errorLines() {
        return child.errors().lines();
    }

    @Override
    public Optional<String> progress() {
        return child.errors().progress();
    }

    @Override
    public CompletableFuture<Integer> exit() {
        return child.exit();
    }

    @Override
    public void detach() {
        child.release(this);
    }

    @Override
    public void end(Duration grace) {
        child.end(this, grace);
    }
}
