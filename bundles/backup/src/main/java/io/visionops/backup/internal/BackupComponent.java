package io.visionops.backup.internal;

import io.visionops.api.backup.BackupException;
import io.visionops.api.backup.BackupInfo;
import io.visionops.api.backup.BackupStatus;
import io.visionops.api.backup.Backups;
import io.visionops.api.backup.RestorePlan;
import io.visionops.api.journal.Journal;
import io.visionops.api.secret.SecretStore;
import io.visionops.api.subject.Actor;
import io.visionops.api.time.Ticker;
import io.visionops.backup.internal.work.BackupJournal;
import io.visionops.backup.internal.work.DataFolder;
import io.visionops.backup.internal.work.Maker;
import io.visionops.backup.internal.work.Restorer;
import io.visionops.backup.internal.work.Stages;
import io.visionops.backup.internal.work.Trial;
import io.visionops.support.fault.RepeatedTask;
import io.visionops.support.thread.DaemonThreads;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;
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

/** The part backup in its framework. Thread-safe. */
@Component(
        service = {Backups.class, BackupComponent.class},
        immediate = true,
        configurationPid = BackupComponent.PID)
@Designate(ocd = BackupConfig.class)
public final class BackupComponent implements Backups {

    static final String PID = "io.visionops.backup";

    private static final Logger LOG = LoggerFactory.getLogger(BackupComponent.class);
    private static final Duration EVERY = Duration.ofSeconds(5);

    /** The folder may be that of a server. */
    private static final Duration LOOK = Duration.ofSeconds(30);

    /** What the paths of the configuration are relative to. */
    private final Path home;

    private final DataFolder folder;
    private final BackupPart part;
    private final BackupJournal journal;
    private final ScheduledExecutorService thread =
            DaemonThreads.scheduler("visionops-backup-schedule");
    private final Instant started;
    private volatile BackupSettings settings;

    /** Of the secrets, as they said last: a backup may be made while their part is replaced. */
    private volatile @Nullable Path masterKey;

    private volatile @Nullable SecretStore secrets;

    @Activate
    public BackupComponent(
            BundleContext context,
            BackupConfig config,
            @Reference DatabaseReferences database,
            @Reference ZoneComponent zone) {
        Clock clock = zone.clock();
        SecureRandom random = new SecureRandom();
        started = clock.instant();
        home = Path.of(property(context, "karaf.base")).toAbsolutePath().normalize();
        Path data = Path.of(property(context, "visionops.data")).toAbsolutePath().normalize();
        settings = read(config, BackupSettings.defaults(home));
        journal = new BackupJournal(data.resolve("backup"), clock, Ticker.system(), random);
        masterKey = home.resolve("keys/master.key");
        folder = new DataFolder(data, Path.of(property(context, "karaf.etc")), this::masterKeyFile);
        Stages stages = new Stages(clock);
        Trial trial = new Trial(folder, database, stages);
        // Of one start: sites that start at once do not write to one server at once.
        double share = random.nextDouble();
        part =
                new BackupPart(
                        () -> settings,
                        now ->
                                new Schedule(
                                        now.daily(),
                                        Duration.ofMillis((long) (now.jitter().toMillis() * share)),
                                        clock.getZone(),
                                        started),
                        new Maker(
                                folder,
                                database,
                                context.getBundle().getVersion().toString(),
                                random,
                                clock,
                                stages),
                        trial,
                        new Restorer(folder, database, trial, clock, stages),
                        journal,
                        stages,
                        random,
                        clock);
    }

    private static String property(BundleContext context, String name) {
        String value = context.getProperty(name);
        return value == null ? "" : value;
    }

    /** The references above are bound when the constructor has returned. */
    @Activate
    void start() {
        thread.execute(folder::removeScratch);
        thread.execute(journal::resume);
        RepeatedTask.schedule(thread, "the backups' journal", EVERY, EVERY, journal::retry);
        RepeatedTask.schedule(thread, "the schedule of backups", EVERY, LOOK, part::look);
        LOG.info("backup started, target {}", settings.target());
    }

    private Optional<Path> masterKeyFile() {
        SecretStore now = secrets;
        if (now != null) {
            masterKey = now.masterKeyFile().orElse(null);
        }
        return Optional.ofNullable(masterKey);
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void setSecrets(SecretStore one) {
        secrets = one;
    }

    void unsetSecrets(SecretStore one) {
        if (secrets == one) {
            secrets = null;
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
    void change(BackupConfig config) {
        settings = read(config, settings);
    }

    /** One clear line for a wrong value, and the last good ones stay. */
    private BackupSettings read(BackupConfig config, BackupSettings lastGood) {
        try {
            return BackupSettings.read(config, home);
        } catch (IllegalArgumentException e) {
            LOG.error("etc/{}.cfg: {}; the last good one stays", PID, e.getMessage());
            return lastGood;
        }
    }

    @Deactivate
    void stop() {
        part.close();
        thread.shutdownNow();
        journal.close();
        LOG.info("backup stopped");
    }

    /** For the checks. */
    public BackupFacts facts() {
        return part.facts();
    }

    /**
     * Puts the database of the newest proven backup in place, with what only the present one has.
     *
     * @return what was done, in one line
     */
    public String restoreDatabase(Actor by) throws BackupException, InterruptedException {
        return part.restoreDatabase(by);
    }

    /** When the part was started. */
    public Instant started() {
        return started;
    }

    @Override
    public BackupStatus status() {
        return part.status();
    }

    @Override
    public List<BackupInfo> list() throws BackupException {
        return part.list();
    }

    /** What became of a copy on another computer. */
    public void copied(String id, boolean good, String detail) {
        journal.tell("copy", id, good, detail, Actor.schedule("offsite"));
    }

    @Override
    public void now(Actor by) throws BackupException {
        part.now(by);
    }

    @Override
    public void increment(Actor by) throws BackupException {
        part.increment(by);
    }

    @Override
    public void verify(String id, Actor by) throws BackupException {
        part.verify(id, by);
    }

    @Override
    public RestorePlan plan(String backup, Optional<String> key) throws BackupException {
        return part.plan(backup, key);
    }

    @Override
    public RestorePlan restore(String backup, Optional<String> key, Actor by)
            throws BackupException {
        return part.restore(backup, key, by);
    }

    @Override
    public String recoveryKey(Actor by) throws BackupException {
        return part.recoveryKey(by);
    }

    @Override
    public String rotateKey(Actor by) throws BackupException {
        return part.rotateKey(by);
    }
}
