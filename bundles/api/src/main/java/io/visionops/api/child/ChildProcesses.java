package io.visionops.api.child;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Keeps child processes. Whoever starts one holds it until it detaches; a detached child that
 * nobody claims within ten seconds is ended with all its descendants. Thread-safe.
 */
@ProviderType
public interface ChildProcesses {

    /**
     * Starts a child; the caller holds it.
     *
     * @throws IOException when it cannot be started, with what to do
     * @throws IllegalStateException when a child of that name is alive
     */
    Child start(ChildSpec spec) throws IOException;

    /**
     * Takes over a detached child that is alive; empty when there is none, or somebody holds it.
     */
    Optional<Child> claim(String name);

    /** Every living child with its latest sample, ordered by name. */
    List<ChildUsage> usage();
}
