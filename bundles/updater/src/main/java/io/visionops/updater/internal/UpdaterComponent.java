package io.visionops.updater.internal;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.visionops.api.journal.Journal;
import io.visionops.api.subject.Actor;
import io.visionops.api.time.Ticker;
import io.visionops.api.update.AvailableRelease;
import io.visionops.api.update.InstallRequest;
import io.visionops.api.update.UpdateException;
import io.visionops.api.update.UpdatePlan;
import io.visionops.api.update.UpdateResult;
import io.visionops.api.update.UpdateStatus;
import io.visionops.api.update.Updates;
import io.visionops.support.fault.RepeatedTask;
import io.visionops.support.meter.SampledMeters;
import io.visionops.support.thread.DaemonThreads;
import io.visionops.updater.internal.canary.CanaryTrial;
import io.visionops.updater.internal.generation.Generations;
import io.visionops.updater.internal.generation.ProgramFolder;
import io.visionops.updater.internal.install.BundleSwap;
import io.visionops.updater.internal.install.Installation;
import io.visionops.updater.internal.install.Progress;
import io.visionops.updater.internal.install.UpdateHistory;
import io.visionops.updater.internal.install.UpdateJournal;
import io.visionops.updater.internal.schedule.UpdateSchedule;
import io.visionops.updater.internal.trust.ProductIdentity;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.concurrent.ScheduledExecutorService;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The part updater in its framework. Thread-safe. */
@Component(
        service = {Updates.class, UpdaterComponent.class, MeterBinder.class},
        immediate = true,
        configurationPid = UpdaterComponent.PID)
@Designate(ocd = UpdaterConfig.class)
public final class UpdaterComponent implements Updates, MeterBinder {

    static final String PID = "io.visionops.updater";

    private static final Logger LOG = LoggerFactory.getLogger(UpdaterComponent.class);
    private static final Duration EVERY = Duration.ofSeconds(2);
    private static final Duration LOOK = Duration.ofSeconds(30);
    private static final Actor DAILY = Actor.schedule("daily");
    private static final Actor WINDOW = Actor.schedule("maintenance-window");

    private final UpdaterPart part;
    private final SignedReleases releases;
    private final UpdateJournal journal;
    private final OtherParts others;
    private final ScheduledExecutorService thread =
            DaemonThreads.scheduler("visionops-updater-journal");
    private final ScheduledExecutorService looking =
            DaemonThreads.scheduler("visionops-updater-look");
    private final UpdateSchedule schedule;
    private final SampledMeters meters = new SampledMeters();
    private volatile UpdaterSettings settings;
    private volatile boolean begun;

    @Activate
    public UpdaterComponent(
            BundleContext context,
            UpdaterConfig config,
            @Reference OtherParts others,
            @Reference ZoneComponent zone) {
        this.others = others;
        schedule = new UpdateSchedule(Ticker.system(), zone.clock(), new SecureRandom());
        settings = read(config, UpdaterSettings.defaults());
        Clock clock = Clock.systemUTC();
        Path folder = Path.of(property(context, "karaf.base")).resolve("releases");
        Path etc = Path.of(property(context, "karaf.etc"));
        Path base = Path.of(property(context, "visionops.program"));
        journal = new UpdateJournal(folder, clock, Ticker.system(), new SecureRandom());
        Generations generations = new Generations(folder, base);
        UpdateHistory history = new UpdateHistory(folder);
        Progress progress = new Progress(clock);
        Installation installation =
                new Installation(
                        context,
                        generations,
                        others,
                        new BundleSwap(context, others::features),
                        etc,
                        folder,
                        progress,
                        new Outcomes(history),
                        () -> settings.gate(),
                        clock,
                        Ticker.system());
        releases =
                new SignedReleases(
                        folder.resolve("trust"), etc, () -> settings, identity(base), clock);
        part =
                new UpdaterPart(
                        generations,
                        folder,
                        Long.getLong("visionops.generation", 0),
                        releases,
                        installation,
                        new CanaryTrial(context, others, progress, clock, Ticker.system()),
                        progress,
                        history,
                        clock);
    }

    private static String property(BundleContext context, String name) {
        String value = context.getProperty(name);
        return value == null ? "" : value;
    }

    private static ProductIdentity identity(Path program) {
        Properties facts = new Properties();
        try (InputStream in = Files.newInputStream(program.resolve("lib/version"))) {
            facts.load(in);
            return new ProductIdentity(
                    "visionops",
                    facts.getProperty("platform", ""),
                    Instant.parse(facts.getProperty("built", "")));
        } catch (IOException | DateTimeParseException e) {
            LOG.warn("the program does not say what it is built for: {}", e.toString());
            return new ProductIdentity("visionops", "", Instant.EPOCH);
        }
    }

    /** What became of updates is kept in a file and told to the journal. */
    private final class Outcomes implements Installation.Outcomes {

        private final UpdateHistory history;

        Outcomes(UpdateHistory history) {
            this.history = history;
        }

        @Override
        public void committed(long number, ProgramFolder program) {
            part.committed(number, program);
        }

        @Override
        public void add(UpdateResult result, Optional<String> bad) {
            history.add(result, bad);
            journal.tell(result);
        }
    }

    /** The references above are bound when the constructor has returned. */
    @Activate
    void start() {
        thread.execute(journal::resume);
        RepeatedTask.schedule(thread, "the updater's journal", EVERY, EVERY, this::look);
        RepeatedTask.schedule(looking, "the look for releases", LOOK, LOOK, this::lookForReleases);
        LOG.info("updater started");
    }

    private void look() {
        if (!begun && others.hasBooted()) {
            begun = true;
            part.start();
        }
        journal.retry();
        meters.show(UpdateReadings.of(part.status().installed(), part.history()));
    }

    /** The network may take its time: by a thread of its own. */
    private void lookForReleases() {
        UpdaterSettings now = settings;
        if (!begun || !now.daily() || now.repositories().isEmpty()) {
            return;
        }
        boolean install = schedule.isInstallAllowed(now.window());
        if (schedule.isCheckDue() || (install && part.isReleaseWaiting())) {
            schedule.checked(part.lookByItself(install, install ? WINDOW : DAILY));
        }
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void setJournal(Journal one) {
        journal.use(one);
    }

    void unsetJournal(Journal one) {
        journal.leave(one);
    }

    @Modified
    void change(UpdaterConfig config) {
        settings = read(config, settings);
    }

    /** One clear line for a wrong value, and the last good ones stay. */
    private static UpdaterSettings read(UpdaterConfig config, UpdaterSettings lastGood) {
        try {
            return UpdaterSettings.read(config);
        } catch (IllegalArgumentException e) {
            LOG.error("etc/{}.cfg: {}; the last good one stays", PID, e.getMessage());
            return lastGood;
        }
    }

    @Deactivate
    void stop() {
        part.close();
        releases.close();
        looking.shutdownNow();
        thread.shutdownNow();
        journal.close();
        LOG.info("updater stopped");
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        meters.bindTo(registry);
    }

    /** Why the repository cannot be read; empty when it can be. */
    Optional<UnreadableRepository> unreadable() {
        return part.unreadable();
    }

    /** By how much the clock was behind the time that is known to have been, at the last look. */
    Duration clockBehind() {
        return part.clockBehind();
    }

    @Override
    public UpdateStatus status() {
        return part.status();
    }

    @Override
    public Optional<AvailableRelease> check(Actor by) throws UpdateException {
        return part.check(by);
    }

    @Override
    public UpdatePlan plan(Actor by) throws UpdateException {
        return part.plan(by);
    }

    @Override
    public UpdatePlan install(InstallRequest request, Actor by) throws UpdateException {
        return part.install(request, by);
    }

    @Override
    public void decide(boolean promote, Actor by) throws UpdateException {
        part.decide(promote, by);
    }

    @Override
    public UpdatePlan rollback(OptionalLong release, Actor by) throws UpdateException {
        return part.rollback(release, by);
    }

    @Override
    public List<UpdateResult> history() {
        return part.history();
    }
}
