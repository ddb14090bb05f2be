package io.visionops.shell.internal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.util.tracker.ServiceTracker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The parts of VisionOps, looked up when a command runs and held until it is done. A reference in
 * the command's own class would make Karaf drop all commands whenever one part is missing; this one
 * rides a swap and otherwise says what is missing. Used by one thread.
 */
public final class Parts implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Parts.class);

    private final BundleContext bundles;
    private final long deadline;
    private final List<ServiceTracker<?, ?>> open = new ArrayList<>();

    /**
     * @param patience how long all missing parts together are waited for
     */
    public Parts(BundleContext bundles, Duration patience) {
        this.bundles = bundles;
        this.deadline = System.nanoTime() + patience.toNanos();
    }

    /**
     * A part that the command cannot do without.
     *
     * @throws CommandException when it does not come in time
     */
    public <T> T get(Part<T> part) {
        return find(part).orElseThrow(() -> new CommandException(missing(part)));
    }

    /**
     * A part that may be missing.
     *
     * @throws CommandReplacedException when the command's own bundle was stopped before it asked
     */
    public <T> Optional<T> find(Part<T> part) {
        ServiceTracker<T, T> tracker;
        try {
            tracker = new ServiceTracker<>(bundles, part.type(), null);
            tracker.open();
        } catch (IllegalStateException e) {
            // The shell's own bundle was stopped. Before the first part nothing has been done.
            throw open.isEmpty() ? new CommandReplacedException(e) : e;
        }
        open.add(tracker);
        T service = tracker.getService();
        long left = (deadline - System.nanoTime()) / 1_000_000;
        if (service != null || left <= 0) {
            return Optional.ofNullable(service);
        }
        try {
            return Optional.ofNullable(tracker.waitForService(left));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandException("interrupted", e);
        }
    }

    /** One line: what is not there, and what its bundle is doing. */
    public String missing(Part<?> part) {
        String state =
                Arrays.stream(bundles.getBundles())
                        .filter(bundle -> part.bundle().equals(bundle.getSymbolicName()))
                        .findFirst()
                        .map(Parts::state)
                        .orElse("is not installed");
        return part.words() + " is not available: bundle " + part.bundle() + " " + state;
    }

    private static String state(Bundle bundle) {
        return switch (bundle.getState()) {
            case Bundle.ACTIVE -> "is active, but does not offer it; the log says why";
            case Bundle.STARTING -> "is starting";
            case Bundle.STOPPING -> "is stopping";
            case Bundle.RESOLVED -> "is stopped";
            default -> "cannot be started; the log says why";
        };
    }

    @Override
    public void close() {
        for (ServiceTracker<?, ?> tracker : open) {
            try {
                tracker.close();
            } catch (IllegalStateException e) {
                // The shell's own bundle was stopped meanwhile: the framework has released the
                // services with it, and the answer is there.
                LOG.debug("the bundle was stopped while a command ran", e);
            }
        }
    }
}
