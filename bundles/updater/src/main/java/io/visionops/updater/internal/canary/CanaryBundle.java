package io.visionops.updater.internal.canary;

import io.visionops.api.analysis.Analyses;
import io.visionops.api.camera.Camera;
import io.visionops.api.journal.Journal;
import io.visionops.api.update.CanaryReport;
import io.visionops.support.thread.TimedCalls;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Hashtable;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The bundle on trial in its {@link Sandbox}. For one thread. */
final class CanaryBundle implements AutoCloseable {

    /** Symbolic name of what can be tried so. */
    static final String NAME = "io.visionops.inference";

    private static final Logger LOG = LoggerFactory.getLogger(CanaryBundle.class);
    private static final String LOCATION = "visionops-canary:";

    /** A bundle that takes longer to start or to stop hangs. */
    private static final Duration LIMIT = Duration.ofSeconds(45);

    private final BundleContext context;
    private final ShadowCamera camera;
    private final TallyJournal journal = new TallyJournal();
    private final TimedCalls calls =
            new TimedCalls("analysis on trial", "visionops-updater-canary", LIMIT);
    private final List<ServiceRegistration<?>> made = new ArrayList<>();
    private @Nullable Bundle bundle;
    private @Nullable Sandbox sandbox;

    CanaryBundle(BundleContext context, Camera camera) {
        this.context = context;
        this.camera = new ShadowCamera(camera);
    }

    /** Why it does not start; empty when it runs. */
    Optional<String> start(Path jar) {
        return calls.run(
                () -> {
                    begin(jar);
                    return Optional.empty();
                },
                words -> Optional.of("it does not start: " + words));
    }

    private void begin(Path jar) throws Exception {
        Bundle installed;
        try (InputStream in = Files.newInputStream(jar)) {
            installed = context.installBundle(LOCATION + jar.getFileName(), in);
        }
        bundle = installed;
        System.setProperty(CanaryReport.PROPERTY + installed.getBundleId(), "true");
        sandbox = new Sandbox(context, installed);
        made.add(
                context.registerService(
                        Camera.class, camera, facts(Camera.NAME, camera.settings().name())));
        made.add(context.registerService(Journal.class, journal, facts("", "")));
        // After a restart it is not to be there.
        installed.start(Bundle.START_TRANSIENT);
    }

    private static Hashtable<String, Object> facts(String name, String value) {
        Hashtable<String, Object> facts = new Hashtable<>();
        facts.put(Sandbox.MADE_FOR_TRIAL, true);
        // Who does not know of the trial takes the real one, should he see this.
        facts.put(Constants.SERVICE_RANKING, Integer.MIN_VALUE);
        if (!name.isEmpty()) {
            facts.put(name, value);
        }
        return facts;
    }

    /** Frames that it has looked at. */
    long looked() {
        return RunningAnalysis.looked(camera);
    }

    void countSince(Instant begin) {
        journal.countSince(begin);
    }

    /** What it says keeps it from finding what it should. */
    Optional<String> fault() {
        return camera.fault().map(fault -> fault.detail());
    }

    /**
     * What it did.
     *
     * @param before frames that are not compared
     */
    CanaryReport.Side side(String version, long before) {
        return new CanaryReport.Side(
                version,
                looked() - before,
                journal.crossings(),
                RunningAnalysis.detectTime(analyses(), camera.settings().name()));
    }

    /** What it offers of itself. */
    private Optional<Analyses> analyses() {
        ServiceReference<?>[] offered = bundle == null ? null : bundle.getRegisteredServices();
        if (offered == null) {
            return Optional.empty();
        }
        return Arrays.stream(offered)
                .map(context::getService)
                .filter(Analyses.class::isInstance)
                .map(Analyses.class::cast)
                .findFirst();
    }

    /** Why it does not go; empty when it is gone. One that stays is not let out of its sandbox. */
    Optional<String> stop() {
        Bundle present = bundle;
        if (present == null) {
            return Optional.empty();
        }
        Optional<String> fault =
                calls.run(
                        () -> {
                            present.uninstall();
                            return Optional.empty();
                        },
                        words -> Optional.of("it does not stop: " + words));
        if (fault.isPresent()) {
            LOG.error("the analysis on trial stays until the program is started again");
            return fault;
        }
        bundle = null;
        made.forEach(ServiceRegistration::unregister);
        made.clear();
        if (sandbox != null) {
            sandbox.close();
        }
        System.clearProperty(CanaryReport.PROPERTY + present.getBundleId());
        return Optional.empty();
    }

    /** Of a program that ended in between. */
    static void removeLeftover(BundleContext context) {
        for (Bundle one : context.getBundles()) {
            if (one.getLocation().startsWith(LOCATION)) {
                try {
                    one.uninstall();
                } catch (BundleException e) {
                    LOG.warn("{} cannot be removed", one.getLocation(), e);
                }
            }
        }
    }

    @Override
    public void close() {
        stop();
        calls.close();
    }
}
