package io.visionops.processes.internal;

import io.visionops.api.child.Child;
import io.visionops.api.child.ChildProcesses;
import io.visionops.api.child.ChildSpec;
import io.visionops.api.child.ChildUsage;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.osgi.service.component.ComponentContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;

/**
 * One for each bundle that uses child processes: the framework tells when that bundle lets go of
 * the service or stops, and its children are detached even if it forgot, or failed, to do so.
 */
@Component(scope = ServiceScope.BUNDLE)
public final class BundleChildProcesses implements ChildProcesses {

    private final HeldChildren held;

    @Activate
    public BundleChildProcesses(ComponentContext context, @Reference ChildRegistry registry) {
        held = HeldChildren.of(registry.children(), context.getUsingBundle().getSymbolicName());
    }

    @Override
    public Child start(ChildSpec spec) throws IOException {
        return held.start(spec);
    }

    @Override
    public Optional<Child> claim(String name) {
        return held.claim(name);
    }

    @Override
    public List<ChildUsage> usage() {
        return held.usage();
    }

    @Deactivate
    void close() {
        held.close();
    }
}
