package io.visionops.ingest.internal;

import io.visionops.api.camera.Camera;
import io.visionops.api.camera.CameraException;
import io.visionops.api.camera.CameraListener;
import io.visionops.api.camera.Cameras;
import io.visionops.api.camera.ConfigurationError;
import io.visionops.api.camera.ConnectionTest;
import io.visionops.api.camera.Incident;
import io.visionops.api.checkpoint.CheckpointResult;
import io.visionops.api.child.ChildProcesses;
import io.visionops.api.journal.Journal;
import io.visionops.api.secret.SecretListener;
import io.visionops.api.secret.SecretLookup;
import io.visionops.api.subject.Actor;
import io.visionops.api.time.Ticker;
import io.visionops.ingest.internal.camera.CameraCheckpoint;
import io.visionops.ingest.internal.camera.CameraListeners;
import io.visionops.ingest.internal.camera.CameraRegistry;
import io.visionops.ingest.internal.camera.ConfiguredCamera;
import io.visionops.ingest.internal.camera.ConfiguredCameras;
import io.visionops.ingest.internal.camera.MemoryBudget;
import io.visionops.ingest.internal.config.CameraFile;
import io.visionops.ingest.internal.config.CameraFolder;
import io.visionops.ingest.internal.config.FolderWatch;
import io.visionops.ingest.internal.config.IngestSettings;
import io.visionops.ingest.internal.config.InvalidSetting;
import io.visionops.ingest.internal.config.LastGood;
import io.visionops.ingest.internal.connect.StartRateLimiter;
import io.visionops.ingest.internal.connectiontest.ConnectionTrial;
import io.visionops.ingest.internal.coverage.CameraJournal;
import io.visionops.ingest.internal.coverage.LiveCoverage;
import io.visionops.ingest.internal.decoder.DecoderInstaller;
import io.visionops.ingest.internal.decoder.SharedDecoder;
import io.visionops.ingest.internal.frame.OpenCvEncoder;
import io.visionops.ingest.internal.incident.IncidentMonitor;
import io.visionops.ingest.internal.reachability.ReachabilityMonitor;
import io.visionops.ingest.internal.stream.MemoryWatch;
import io.visionops.ingest.internal.stream.StreamContext;
import io.visionops.ingest.internal.tamper.PictureInspectors;
import io.visionops.ingest.internal.trust.TrustStore;
import io.visionops.support.journal.JournalFile;
import io.visionops.support.time.ConfiguredZone;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.ManagedServiceFactory;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The part ingest in its framework: takes cameras from their files, and from config admin those
 * that have none; gives them as services. A factory of configurations rather than a component for
 * each: a component is stopped when its configuration changes, and a camera must not be when the
 * change is wrong. Nothing designates its configuration, since it is made of two.
 */
@Component(
        service = {Cameras.class, IngestComponent.class},
        immediate = true,
        configurationPid = {IngestComponent.PID, ConfiguredZone.PID})
public final class IngestComponent implements Cameras {

    static final String PID = "io.visionops.ingest";

    private static final Logger LOG = LoggerFactory.getLogger(IngestComponent.class);

    /** In which all cameras are handed over. */
    private static final Duration STOP = Duration.ofSeconds(2);

    /** For all cameras together. All is text: a wrong number is refused as the other values are. */
    @ObjectClassDefinition(name = "VisionOps ingest", description = "All cameras together")
    public @interface Config {

        @AttributeDefinition(
                name = "Memory of a decoder",
                description = "At more another one takes its place, 100MB to 64GB")
        String decoder_memory_limit() default IngestSettings.MEMORY;

        @AttributeDefinition(
                name = "Growth of a decoder",
                description = "An hour; at more another one takes its place, 1MB to 10GB")
        String decoder_memory_growth() default IngestSettings.GROWTH;

        @AttributeDefinition(
                name = "Starts at once",
                description = "Decoders that are started at once after a quiet time, 1 to 1000")
        String starts_at_once() default IngestSettings.AT_ONCE;

        @AttributeDefinition(
                name = "Starts a second",
                description = "Decoders that are started after those, 1 to 100")
        String starts_per_second() default IngestSettings.PER_SECOND;

        /** Empty: the one of this computer. */
        @AttributeDefinition(
                name = "Time zone",
                description = "In which people write when a film begins, such as Europe/Berlin")
        String timezone() default "";
    }

    // Child processes outlive this part; while their part is away cameras wait.
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable ChildProcesses processes;

    private volatile IngestSettings settings = IngestSettings.defaults();

    private final ConfiguredZone zone = new ConfiguredZone();

    private final BundleContext context;
    private final StartRateLimiter starts;
    private final IngestHandoverFile legacy;
    private final JournalFile unwritten;
    private final CameraJournal chronicle;
    private final CameraListeners listeners = new CameraListeners();
    private final CameraSecrets secrets = new CameraSecrets();
    private final PictureInspectors inspectors;
    private final IncidentMonitor causes;
    private final ReachabilityMonitor reachability;
    private final CameraRegistry registry;
    private final FolderWatch watch;
    private final Cameras cameras;
    private @Nullable ServiceRegistration<ManagedServiceFactory> factory;
    private @Nullable ServiceRegistration<SecretListener> secretListener;

    @Activate
    public IngestComponent(BundleContext context, Config config) {
        this.context = context;
        Path etc = Path.of(property(context, "karaf.etc", "etc"));
        SecureRandom random = new SecureRandom();
        Ticker ticker = Ticker.system();
        chronicle = new CameraJournal(Clock.systemUTC(), ticker, random);
        starts = new StartRateLimiter(ticker, settings.perSecond(), settings.atOnce());
        change(config);
        causes = new IncidentMonitor(Clock.systemUTC(), ticker, chronicle, starts);
        legacy = new IngestHandoverFile(data(context).resolve("ingest"));
        unwritten = new JournalFile(data(context).resolve("ingest"));
        inspectors = new PictureInspectors(data(context).resolve("ingest"));
        StreamContext.Senses senses =
                new StreamContext.Senses(
                        inspectors::inspector,
                        plan -> LiveCoverage.of(plan, chronicle, Clock.systemUTC(), ticker),
                        causes,
                        listeners::tell);
        reachability = new ReachabilityMonitor(ticker, random::nextDouble);
        StreamContext streams =
                new StreamContext(
                        () -> Optional.ofNullable(processes),
                        new SharedDecoder(new DecoderInstaller()),
                        chronicle,
                        new OpenCvEncoder(),
                        data(context).resolve("ingest"),
                        Clock.systemUTC(),
                        zone::get,
                        ticker,
                        random,
                        () -> new MemoryWatch.Limits(settings.memory(), settings.growth()),
                        senses,
                        reachability);
        CameraFolder folder = new CameraFolder(etc);
        LastGood lastGood = new LastGood(streams.folder());
        // When they were removed nobody knows; up to now nothing ran that could have watched them.
        TrustStore trust = new TrustStore(streams.folder());
        for (String camera : lastGood.forgetMissing(folder)) {
            chronicle.expectNoMore(camera, Clock.systemUTC().instant());
            trust.forget(camera);
        }
        registry =
                new CameraRegistry(
                        streams, lastGood, secrets, MemoryBudget.ofThisMachine(), this::publish);
        watch = new FolderWatch(etc, registry::changed, registry::gone);
        ConnectionTrial trial =
                new ConnectionTrial(streams.processes(), streams.decoder(), streams.ticker());
        cameras = new ConfiguredCameras(registry, folder, watch, secrets, trial);
    }

    /** Cameras come only now: the references above are bound when the constructor has returned. */
    @Activate
    void start() {
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put(Constants.SERVICE_PID, CameraFile.FACTORY);
        factory =
                context.registerService(
                        ManagedServiceFactory.class,
                        new CameraConfigurations(registry),
                        properties);
        // Not a service of this component: the secrets' own would be one of a circle.
        SecretListener listener = registry::secretsChanged;
        secretListener = context.registerService(SecretListener.class, listener, null);
        watch.start();
        // While cameras start: they need not wait for it.
        IngestHandover left = legacy.take(entries -> chronicle.resume(unwritten, entries));
        left.causes().ifPresent(causes::resume);
        LOG.info("ingest started");
    }

    /**
     * Of no camera's business: what is set holds from now on, and one wrong value changes nothing.
     */
    @Modified
    void change(Config config) {
        // A wrong one is refused by the store, which says so.
        zone.set(config.timezone());
        try {
            settings =
                    IngestSettings.read(
                            config.decoder_memory_limit(),
                            config.decoder_memory_growth(),
                            config.starts_at_once(),
                            config.starts_per_second());
            starts.pace(settings.perSecond(), settings.atOnce());
        } catch (InvalidSetting e) {
            LOG.error(
                    "etc/{}.cfg: {}; the last good configuration stays in force",
                    PID,
                    e.getMessage());
        }
    }

    private static Path data(BundleContext context) {
        String all = context.getProperty("visionops.data");
        return all != null
                ? Path.of(all)
                : Path.of(property(context, "karaf.data", "data"), "visionops");
    }

    private static String property(BundleContext context, String name, String unset) {
        String value = context.getProperty(name);
        return value == null ? unset : value;
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void setJournal(Journal journal) {
        chronicle.use(journal);
    }

    void unsetJournal(Journal journal) {
        chronicle.leave(journal);
    }

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void addListener(CameraListener listener) {
        listeners.add(listener);
    }

    void removeListener(CameraListener listener) {
        listeners.remove(listener);
    }

    // While it is away cameras that run go on, and what they were started with stays.
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void setSecrets(SecretLookup lookup) {
        secrets.use(lookup);
        registry.secretsAreThere();
    }

    void unsetSecrets(SecretLookup lookup) {
        secrets.leave(lookup);
    }

    private Runnable publish(ConfiguredCamera camera) {
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put(Camera.NAME, camera.settings().name());
        ServiceRegistration<Camera> registration =
                context.registerService(Camera.class, new CameraOfBundle(camera), properties);
        return () -> withdraw(registration);
    }

    private static void withdraw(ServiceRegistration<?> registration) {
        try {
            registration.unregister();
        } catch (IllegalStateException e) {
            LOG.debug("the framework was faster", e);
        }
    }

    @Deactivate
    void stop() {
        if (factory != null) {
            withdraw(factory);
        }
        if (secretListener != null) {
            withdraw(secretListener);
        }
        watch.close();
        boolean clean = registry.close(STOP);
        inspectors.close();
        causes.close();
        reachability.close();
        listeners.close();
        chronicle.leave(unwritten);
        legacy.leave(new IngestHandover(List.of(), causes.left()));
        LOG.info("ingest stopped{}", clean ? "" : "; some decoders are still being ended");
    }

    /** Saves what the next start goes on from. */
    public CheckpointResult checkpoint(Duration limit) throws InterruptedException {
        return new CameraCheckpoint(registry, chronicle, unwritten).save(limit);
    }

    /** What tells how this part does reads these. */
    public Observed observed() {
        return new Observed(this, chronicle::counts, listeners, data(context).resolve("ingest"));
    }

    @Override
    public Map<String, Set<String>> secretsUsed() {
        return cameras.secretsUsed();
    }

    @Override
    public List<Camera> list() {
        return cameras.list();
    }

    @Override
    public List<ConfigurationError> refusals() {
        return cameras.refusals();
    }

    @Override
    public List<ConfigurationError> warnings() {
        return cameras.warnings();
    }

    @Override
    public List<Incident> incidents() {
        return cameras.incidents();
    }

    @Override
    public void add(String name, Map<String, String> settings, Actor by) throws CameraException {
        cameras.add(name, settings, by);
    }

    @Override
    public void remove(String name, Actor by) throws CameraException {
        cameras.remove(name, by);
    }

    @Override
    public void enable(String name, boolean enabled, Actor by) throws CameraException {
        cameras.enable(name, enabled, by);
    }

    @Override
    public ConnectionTest test(String nameOrUrl, Duration limit) throws CameraException {
        return cameras.test(nameOrUrl, limit);
    }
}
