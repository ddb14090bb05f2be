package io.visionops.updater.internal.install;

import io.visionops.api.recovery.RecoveryAction;
import io.visionops.api.recovery.RecoveryResult;
import io.visionops.api.subject.Actor;
import io.visionops.api.update.UpdateException;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has the program started again. */
final class ProgramRestart {

    private static final Logger LOG = LoggerFactory.getLogger(ProgramRestart.class);

    /** With it Karaf ends with the status by which the watchdog starts it again. */
    private static final String AGAIN = "karaf.restart.jvm";

    private static final String ACTION = "health.restart-program";

    private final Surroundings parts;
    private final BundleContext context;

    ProgramRestart(Surroundings parts, BundleContext context) {
        this.parts = parts;
        this.context = context;
    }

    /**
     * Returns when the watchdog has taken it on; the program ends in a moment.
     *
     * @throws UpdateException when nobody does it
     */
    void ask(String reason, Actor actor) throws UpdateException {
        RecoveryAction action =
                parts.repairs().stream()
                        .filter(one -> one.name().equals(ACTION))
                        .findFirst()
                        .orElseThrow(
                                () ->
                                        new UpdateException(
                                                "the program cannot be started again: the part"
                                                        + " health is not there"));
        RecoveryResult result = action.run(action.targets().get(0), reason, actor);
        if (!result.done()) {
            throw new UpdateException("the program cannot be started again: " + result.detail());
        }
    }

    /** The same; when the part that does it is what a release has broken, the framework ends. */
    void make(String reason, Actor actor) {
        try {
            ask(reason, actor);
        } catch (UpdateException | RuntimeException e) {
            LOG.error("{}: {}; the framework is stopped", reason, e.getMessage());
            System.setProperty(AGAIN, "true");
            try {
                context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).stop();
            } catch (BundleException stays) {
                LOG.error("the framework does not stop, the watchdog ends it", stays);
            }
        }
    }
}
