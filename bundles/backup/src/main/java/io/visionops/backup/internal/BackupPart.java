package io.visionops.backup.internal;

import io.visionops.api.backup.BackupException;
import io.visionops.api.backup.BackupInfo;
import io.visionops.api.backup.BackupStatus;
import io.visionops.api.backup.BackupStatus.Stage;
import io.visionops.api.backup.Backups;
import io.visionops.api.backup.RestorePlan;
import io.visionops.api.subject.Actor;
import io.visionops.backup.internal.key.BackupKey;
import io.visionops.backup.internal.work.BackupJournal;
import io.visionops.backup.internal.work.Maker;
import io.visionops.backup.internal.work.Restorer;
import io.visionops.backup.internal.work.Stages;
import io.visionops.backup.internal.work.Trial;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The backups of this installation, and the one work at a time. Thread-safe. */
final class BackupPart implements Backups, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(BackupPart.class);

    private final Supplier<BackupSettings> settings;
    private final Function<BackupSettings, Schedule> schedule;
    private final ProvenBackups proven;
    private final Restorer restorer;
    private final BackupJournal journal;
    private final Stages stages;
    private final KnownBackups known;
    private final Clock clock;
    private final SingleWork work;

    private volatile BackupFacts facts = BackupFacts.UNKNOWN;

    BackupPart(
            Supplier<BackupSettings> settings,
            Function<BackupSettings, Schedule> schedule,
            Maker maker,
            Trial trial,
            Restorer restorer,
            BackupJournal journal,
            Stages stages,
            SecureRandom random,
            Clock clock) {
        this.settings = settings;
        this.schedule = schedule;
        this.restorer = restorer;
        this.journal = journal;
        this.stages = stages;
        known = new KnownBackups(settings, random);
        proven = new ProvenBackups(settings, known, maker, trial, journal, clock);
        this.clock = clock;
        work = new SingleWork(stages, journal, this::refresh, clock);
    }

    /** Is a work under way, or just being finished? */
    boolean isBusy() {
        return work.isBusy();
    }

    /** For the checks; as of the last look. */
    BackupFacts facts() {
        return facts;
    }

    /** Looks into the folder, and makes the backup that is due. Called now and then. */
    void look() {
        refresh();
        if (work.isBusy()) {
            return;
        }
        try {
            if (isDue(nextFull())) {
                now(Actor.schedule("daily"));
            } else if (isDue(nextIncrement())) {
                increment(Actor.schedule("hourly"));
            }
        } catch (BackupException e) {
            LOG.debug("the backup waits", e);
        }
    }

    private boolean isDue(Optional<Instant> time) {
        return time.filter(one -> !one.isAfter(clock.instant())).isPresent();
    }

    private void refresh() {
        try {
            facts = BackupFacts.of(list(), work.failed(), settings.get().daily().isPresent());
        } catch (BackupException e) {
            facts = BackupFacts.unreadable(SingleWork.line(e));
        }
    }

    private Optional<Instant> nextFull() {
        return schedule.apply(settings.get()).next(facts.newestFull(), work.failed());
    }

    private Optional<Instant> nextIncrement() {
        boolean wanted = settings.get().kept().increments() > 0 && facts.newestFull().isPresent();
        return wanted
                ? schedule.apply(settings.get()).nextIncrement(facts.newest(), work.failed())
                : Optional.empty();
    }

    private Optional<Instant> next() {
        return Stream.concat(nextFull().stream(), nextIncrement().stream()).min(Instant::compareTo);
    }

    @Override
    public BackupStatus status() {
        Stages.Now now = stages.now();
        return new BackupStatus(
                now.stage(),
                now.work(),
                now.id(),
                now.detail(),
                stages.bytes(),
                now.totalBytes(),
                now.since(),
                settings.get().target().toString(),
                next());
    }

    @Override
    public List<BackupInfo> list() throws BackupException {
        return known.target().list();
    }

    @Override
    public void now(Actor by) throws BackupException {
        work.begin("backup", "", Stage.COPYING, by, () -> proven.make(by));
    }

    @Override
    public void increment(Actor by) throws BackupException {
        work.begin("backup", "", Stage.COPYING, by, () -> proven.increment(by));
    }

    @Override
    public void verify(String id, Actor by) throws BackupException {
        Path file = known.file(id);
        work.begin("verify", id, Stage.READING, by, () -> proven.verify(id, file));
    }

    @Override
    public RestorePlan plan(String backup, Optional<String> key) throws BackupException {
        Path file = known.file(backup);
        return restorer.plan(file, known.key(file, key));
    }

    @Override
    public RestorePlan restore(String backup, Optional<String> key, Actor by)
            throws BackupException {
        Path file = known.file(backup);
        BackupKey secret = known.key(file, key);
        RestorePlan plan = restorer.plan(file, secret);
        work.begin(
                "restore",
                backup,
                Stage.READING,
                by,
                () -> {
                    String done = restorer.restore(backup, file, secret);
                    // A new installation goes on with the key that its backups have.
                    known.keyFile().adopt(secret);
                    return done;
                });
        return plan;
    }

    /**
     * Puts the database of the newest proven backup in place, with what only the present one has,
     * and waits for it. Configuration and models stay.
     *
     * @return what was done, in one line
     */
    String restoreDatabase(Actor by) throws BackupException, InterruptedException {
        BackupInfo newest =
                list().stream()
                        .filter(one -> one.proven().isPresent())
                        .findFirst()
                        .orElseThrow(() -> new BackupException("there is no proven backup"));
        Path file = known.file(newest.id());
        BackupKey key = known.key(file, Optional.empty());
        return work.await(
                "restore",
                newest.id(),
                Stage.READING,
                by,
                () -> restorer.restoreDatabase(newest.id(), file, key));
    }

    @Override
    public String recoveryKey(Actor by) throws BackupException {
        String text = known.keyFile().readOrMake().recoveryText();
        journal.tell("key", "", true, "the recovery key was shown", by);
        return text;
    }

    @Override
    public synchronized String rotateKey(Actor by) throws BackupException {
        BackupKey made = known.keyFile().rotate();
        LOG.info("backups have another key from now on, {}, made for {}", made.id(), by);
        journal.tell("key", "", true, "a new key was made, " + made.id(), by);
        return made.recoveryText();
    }

    @Override
    public void close() {
        work.close();
    }
}
