package io.visionops.processes.internal;

import io.visionops.api.child.Child;
import io.visionops.api.child.ChildProcesses;
import io.visionops.api.child.ChildSpec;
import io.visionops.api.child.ChildUsage;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The child processes of one user: knows which it holds, and lets go of all when the user goes.
 * Thread-safe.
 */
public final class HeldChildren implements ChildProcesses, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HeldChildren.class);

    private final String user;
    private final Children children;

    /** Guarded by "this". */
    private final Set<ChildHandle> handles = new HashSet<>();

    /** Guarded by "this". */
    private boolean closed;

    private HeldChildren(Children children, String user) {
        this.children = children;
        this.user = user;
    }

    /**
     * What one user sees. When it is closed, all that it still holds is detached.
     *
     * @param user for the log
     */
    public static HeldChildren of(Children children, String user) {
        return new HeldChildren(children, user);
    }

    @Override
    public Child start(ChildSpec spec) throws IOException {
        return keep(children.start(spec));
    }

    @Override
    public Optional<Child> claim(String name) {
        return children.claim(name).map(this::keep);
    }

    private synchronized Child keep(ChildHandle handle) {
        handles.removeIf(other -> !other.isCurrent());
        handles.add(handle);
        if (closed) {
            handle.detach();
        }
        return handle;
    }

    @Override
    public List<ChildUsage> usage() {
        return children.usage();
    }

    /** Detaches what is still held: the user went without doing it. */
    @Override
    public synchronized void close() {
        closed = true;
        handles.stream()
                .filter(ChildHandle::isCurrent)
                .forEach(
                        handle -> {
                            LOG.warn("{} is gone and still held child {}", user, handle.name());
                            handle.detach();
                        });
        handles.clear();
    }
}
