package io.visionops.health.internal.restart;

import io.visionops.api.recovery.RecoveryResult;
import io.visionops.api.subject.Subject;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.startlevel.BundleStartLevel;

/**
 * Ends a part and starts it again, while the others go on: what it watches waits meanwhile, as at a
 * swap.
 */
final class PartRestart {

    /** Those that leave to their successor what they have in their hands. */
    private static final Set<String> PARTS =
            Set.of(
                    "store",
                    "ingest",
                    "discovery",
                    "inference",
                    "shell",
                    "console",
                    "backup",
                    "security");

    private static final String PREFIX = "io.visionops.";

    private final BundleContext context;

    PartRestart(BundleContext context) {
        this.context = context;
    }

    /** Those that are to run; what somebody has stopped stays stopped. */
    List<Subject> targets() {
        return PARTS.stream()
                .sorted()
                .filter(part -> bundle(part).filter(PartRestart::isMeantToRun).isPresent())
                .map(Subject::part)
                .toList();
    }

    private Optional<Bundle> bundle(String part) {
        return Arrays.stream(context.getBundles())
                .filter(one -> (PREFIX + part).equals(one.getSymbolicName()))
                .findFirst();
    }

    private static boolean isMeantToRun(Bundle bundle) {
        return bundle.adapt(BundleStartLevel.class).isPersistentlyStarted();
    }

    RecoveryResult run(Subject target) throws BundleException {
        Bundle bundle = bundle(target.name()).orElseThrow();
        bundle.stop(Bundle.STOP_TRANSIENT);
        bundle.start(Bundle.START_TRANSIENT);
        return bundle.getState() == Bundle.ACTIVE
                ? RecoveryResult.done(target.name() + " was started again")
                : RecoveryResult.failed(target.name() + " does not start");
    }
}
