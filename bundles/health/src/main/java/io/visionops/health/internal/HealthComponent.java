package io.visionops.health.internal;

import io.micrometer.core.instrument.binder.MeterBinder;
import io.visionops.api.health.HealthMonitor;
import io.visionops.api.health.HealthReport;
import io.visionops.api.health.HealthResult;
import io.visionops.api.journal.Journal;
import io.visionops.api.time.Ticker;
import io.visionops.health.internal.expected.OsgiFramework;
import io.visionops.health.internal.journal.HealthJournal;
import io.visionops.health.internal.round.FelixChecks;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.apache.felix.hc.api.execution.HealthCheckExecutor;
import org.apache.karaf.features.BootFinished;
import org.apache.karaf.features.FeaturesService;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.startlevel.FrameworkStartLevel;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The part health in its framework. Thread-safe. */
@Component(
        service = {HealthMonitor.class, HealthComponent.class},
        immediate = true,
        configurationPid = HealthComponent.PID)
@Designate(ocd = HealthConfig.class)
public final class HealthComponent implements HealthMonitor {

    public static final String PID = "io.visionops.health";

    private static final Logger LOG = LoggerFactory.getLogger(HealthComponent.class);

    // What is compared with; without them less is known, and that is said.
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable ServiceComponentRuntime components;

    /** The same service: a property of it is another one after each change of a component. */
    @Reference(
            service = ServiceComponentRuntime.class,
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable ServiceReference<ServiceComponentRuntime> componentsReference;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable FeaturesService features;

    /** Karaf registers it when all features of the boot are there. */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable BootFinished bootFinished;

    private final BundleContext context;
    private final HealthPart part;
    private volatile HealthSettings settings;

    @Activate
    public HealthComponent(
            BundleContext context, HealthConfig config, @Reference HealthCheckExecutor executor) {
        this.context = context;
        settings = read(config, HealthSettings.defaults());
        part =
                new HealthPart(
                        new FelixChecks(executor, () -> settings.interval(), Clock.systemUTC()),
                        new OsgiFramework(
                                context,
                                () -> Optional.ofNullable(components),
                                this::componentChanges,
                                () -> Optional.ofNullable(features),
                                Ticker.system()),
                        this::hasBooted,
                        data(context).resolve("health"),
                        settings,
                        Clock.systemUTC(),
                        Ticker.system(),
                        new SecureRandom());
    }

    /** The references above are bound when the constructor has returned. */
    @Activate
    void start() {
        part.start();
        LOG.info("health started, a round every {} s", settings.interval().toSeconds());
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void setJournal(Journal journal) {
        part.journal().use(journal);
    }

    void unsetJournal(Journal journal) {
        part.journal().leave(journal);
    }

    @Modified
    void change(HealthConfig config) {
        settings = read(config, settings);
        part.change(settings);
    }

    /** One clear line for a wrong value, and the last good ones stay. */
    private static HealthSettings read(HealthConfig config, HealthSettings lastGood) {
        try {
            return HealthSettings.read(
                    config.health_interval(),
                    config.swap_limit(),
                    MonitoringLevel.read(config.monitoring_level()));
        } catch (IllegalArgumentException e) {
            LOG.error("etc/{}.cfg: {}; the last good one stays", PID, e.getMessage());
            return lastGood;
        }
    }

    /**
     * Whether all that is to be started has been: after a start from the cache all features are
     * there before the bundles of the last start levels run.
     */
    public boolean hasBooted() {
        FrameworkStartLevel level = context.getBundle(0).adapt(FrameworkStartLevel.class);
        return bootFinished != null
                && level.getStartLevel() >= Integer.getInteger("visionops.start.level", 0);
    }

    /** How closely the program watches itself, as configured now. */
    public MonitoringLevel level() {
        return settings.level();
    }

    /** Where it is told what was done; there also while the database is away. */
    public HealthJournal journal() {
        return part.journal();
    }

    /** The status of each check, as a meter. */
    MeterBinder meters() {
        return part.meters();
    }

    private Object componentChanges() {
        ServiceReference<ServiceComponentRuntime> reference = componentsReference;
        Object count =
                reference == null ? null : reference.getProperty(Constants.SERVICE_CHANGECOUNT);
        // Without a count each look is a new one.
        return count == null ? new Object() : count;
    }

    /** Folder of all parts' data. */
    public static Path data(BundleContext context) {
        String all = context.getProperty("visionops.data");
        if (all != null) {
            return Path.of(all);
        }
        String karaf = context.getProperty("karaf.data");
        return Path.of(karaf == null ? "data" : karaf, "visionops");
    }

    @Deactivate
    void stop() {
        part.close();
        LOG.info("health stopped");
    }

    @Override
    public Optional<HealthReport> report() {
        return part.monitor().report();
    }

    @Override
    public boolean isOverdue() {
        return part.monitor().isOverdue();
    }

    @Override
    public List<HealthResult> history(String check) {
        return part.monitor().history(check);
    }
}
