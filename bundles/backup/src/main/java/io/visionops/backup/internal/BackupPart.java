package io.visionops.backup.internal;

import io.visionops.api.backup.BackupException;
import io.visionops.api.backup.BackupInfo;
import io.visionops.api.backup.BackupStatus;
import io.visionops.api.backup.BackupStatus.Stage;
import io.visionops.api.backup.Backups;
import io.visionops.api.backup.RestorePlan;
import io.visionops.api.subject.Actor;
import io.visionops.backup.internal.destination.Proof;
import io.visionops.backup.internal.destination.TargetFolder;
import io.visionops.backup.internal.format.BackupReader;
import io.visionops.backup.internal.key.BackupKey;
import io.visionops.backup.internal.key.KeyFile;
import io.visionops.backup.internal.work.BackupJournal;
import io.visionops.backup.internal.work.Maker;
import io.visionops.backup.internal.work.Restorer;
import io.visionops.backup.internal.work.Stages;
import io.visionops.backup.internal.work.Trial;
import io.visionops.support.fault.MachineErrors;
import io.visionops.support.log.LogContext;
import io.visionops.support.thread.DaemonThreads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The backups of this installation, and the one work at a time. Thread-safe. */
final class BackupPart implements Backups, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(BackupPart.class);
    private static final long STOP_SECONDS = 10;
    private static final String NAME = "visionops-\\d{8}T\\d{6}Z-(full|increment)";

    private final Supplier<BackupSettings> settings;
    private final Function<BackupSettings, Schedule> schedule;
    private final Maker maker;
    private final Trial trial;
    private final Restorer restorer;
    private final BackupJournal journal;
    private final Stages stages;
    private final SecureRandom random;
    private final Clock clock;
    private final ExecutorService thread = DaemonThreads.inOrder("visionops-backup");
    private final AtomicBoolean busy = new AtomicBoolean();

    private volatile Optional<Instant> failed = Optional.empty();
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
        this.maker = maker;
        this.trial = trial;
        this.restorer = restorer;
        this.journal = journal;
        this.stages = stages;
        this.random = random;
        this.clock = clock;
    }

    private interface Work {
        /** Returns what came of it, in one line. */
        String run() throws BackupException, IOException, InterruptedException;
    }

    /** Is a work under way, or just being finished? */
    boolean isBusy() {
        return busy.get();
    }

    /** For the checks; as of the last look. */
    BackupFacts facts() {
        return facts;
    }

    /** Looks into the folder, and makes the backup that is due. Called now and then. */
    void look() {
        refresh();
        if (busy.get()) {
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
            List<BackupInfo> backups = list();
            facts = BackupFacts.of(backups, failed, settings.get().daily().isPresent());
        } catch (BackupException e) {
            facts = BackupFacts.unreadable(line(e));
        }
    }

    private Optional<Instant> nextFull() {
        return schedule.apply(settings.get()).next(facts.newestFull(), failed);
    }

    private Optional<Instant> nextIncrement() {
        boolean wanted = settings.get().kept().increments() > 0 && facts.newestFull().isPresent();
        return wanted
                ? schedule.apply(settings.get()).nextIncrement(facts.newest(), failed)
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

    private TargetFolder target() {
        return new TargetFolder(settings.get().target());
    }

    private KeyFile keyFile() {
        return new KeyFile(settings.get().keyFile(), random);
    }

    @Override
    public List<BackupInfo> list() throws BackupException {
        return target().list();
    }

    @Override
    public void now(Actor by) throws BackupException {
        begin("backup", "", Stage.COPYING, by, () -> make(by));
    }

    @Override
    public void increment(Actor by) throws BackupException {
        begin("backup", "", Stage.COPYING, by, () -> makeIncrement(by));
    }

    private String make(Actor by) throws BackupException, IOException {
        TargetFolder target = target();
        target.removeParts();
        BackupKey key = keyFile().readOrMake();
        return proven(maker.make(target, key), target, key, by);
    }

    private String makeIncrement(Actor by) throws BackupException, IOException {
        TargetFolder target = target();
        target.removeParts();
        BackupKey key = keyFile().readOrMake();
        Optional<String> id = maker.increment(target, key);
        return id.isPresent()
                ? proven(id.get(), target, key, by)
                : "there was no full backup to build on: " + make(by);
    }

    private String proven(String id, TargetFolder target, BackupKey key, Actor by)
            throws BackupException, IOException {
        long bytes = Files.size(target.file(id));
        prove(target, id, key);
        prune(target, by);
        return id + " of " + bytes + " bytes was made and proven by a restore";
    }

    /** Restores on trial and keeps what came of it. */
    private void prove(TargetFolder target, String id, BackupKey key)
            throws BackupException, IOException {
        Proof before = target.proof(id).orElse(new Proof(key.id(), 0, Optional.empty(), ""));
        try {
            trial.run(id, target.file(id), key);
        } catch (BackupException | IOException e) {
            target.put(
                    id,
                    new Proof(before.keyId(), before.databaseBytes(), Optional.empty(), line(e)));
            throw e;
        }
        target.put(
                id,
                new Proof(
                        before.keyId(), before.databaseBytes(), Optional.of(clock.instant()), ""));
    }

    private void prune(TargetFolder target, Actor by) throws BackupException, IOException {
        List<BackupInfo> own = new ArrayList<>();
        for (BackupInfo one : target.list()) {
            Optional<String> key = target.proof(one.id()).map(Proof::keyId);
            // In a folder that several share, the others' are theirs.
            if (key.isPresent() && keyFile().find(key.get()).isPresent()) {
                own.add(one);
            }
        }
        for (BackupInfo old : settings.get().kept().superfluous(own)) {
            target.remove(old.id());
            journal.tell("prune", old.id(), true, "removed, it is no longer kept", by);
        }
    }

    @Override
    public void verify(String id, Actor by) throws BackupException {
        Path file = file(id);
        begin(
                "verify",
                id,
                Stage.READING,
                by,
                () -> {
                    BackupKey key = key(file, Optional.empty());
                    if (file.equals(target().file(id))) {
                        prove(target(), id, key);
                    } else {
                        trial.run(id, file, key);
                    }
                    return id + " was proven by a restore";
                });
    }

    @Override
    public RestorePlan plan(String backup, Optional<String> key) throws BackupException {
        Path file = file(backup);
        return restorer.plan(file, key(file, key));
    }

    @Override
    public RestorePlan restore(String backup, Optional<String> key, Actor by)
            throws BackupException {
        Path file = file(backup);
        BackupKey secret = key(file, key);
        RestorePlan plan = restorer.plan(file, secret);
        begin(
                "restore",
                backup,
                Stage.READING,
                by,
                () -> {
                    String done = restorer.restore(backup, file, secret);
                    // A new installation goes on with the key that its backups have.
                    keyFile().adopt(secret);
                    return done;
                });
        return plan;
    }

    @Override
    public String recoveryKey(Actor by) throws BackupException {
        String text = keyFile().readOrMake().recoveryText();
        journal.tell("key", "", true, "the recovery key was shown", by);
        return text;
    }

    @Override
    public synchronized String rotateKey(Actor by) throws BackupException {
        BackupKey made = keyFile().rotate();
        LOG.info("backups have another key from now on, {}, made for {}", made.id(), by);
        journal.tell("key", "", true, "a new key was made, " + made.id(), by);
        return made.recoveryText();
    }

    /** The key that was given, or else that of the installation which the backup names. */
    private BackupKey key(Path file, Optional<String> text) throws BackupException {
        if (text.isPresent()) {
            return KeyFile.ofText(text.get());
        }
        Optional<BackupKey> own = keyFile().find(new BackupReader(file).header().keyId());
        if (own.isPresent()) {
            return own.get();
        }
        return keyFile()
                .read()
                .orElseThrow(
                        () ->
                                new BackupException(
                                        "there is no backup key at "
                                                + settings.get().keyFile()
                                                + ": give the recovery key, --key-file FILE"));
    }

    private Path file(String backup) throws BackupException {
        try {
            Path file = backup.matches(NAME) ? target().file(backup) : Path.of(backup);
            if (!Files.isRegularFile(file)) {
                throw new BackupException(
                        "there is no backup " + backup + "; backup-list shows those there are");
            }
            // Says at once what is no backup.
            new BackupReader(file).header();
            return file.toAbsolutePath();
        } catch (InvalidPathException e) {
            throw new BackupException("no backup can have that name: " + e.getReason(), e);
        }
    }

    private void begin(String work, String id, Stage stage, Actor by, Work todo)
            throws BackupException {
        if (!busy.compareAndSet(false, true)) {
            throw new BackupException(
                    "a "
                            + stages.now().work()
                            + " is under way; backup-status shows how far it is");
        }
        stages.begin(work, id, stage);
        try {
            thread.execute(LogContext.carried(() -> run(work, by, todo)));
        } catch (RejectedExecutionException e) {
            busy.set(false);
            throw new BackupException("the part is being stopped", e);
        }
    }

    private void run(String work, Actor by, Work todo) {
        Thread.currentThread().setPriority(Thread.MIN_PRIORITY);
        try {
            String done = todo.run();
            if (work.equals("backup")) {
                failed = Optional.empty();
            }
            end(work, Stage.DONE, done, by);
        } catch (InterruptedException e) {
            end(work, Stage.FAILED, "the part is being stopped", by);
        } catch (BackupException | IOException e) {
            failure(work, line(e), by);
        } catch (RuntimeException | Error e) {
            MachineErrors.endIf(e);
            LOG.error("a {} failed", work, e);
            failure(work, "unexpected: " + e, by);
        } finally {
            busy.set(false);
        }
    }

    private void failure(String work, String why, Actor by) {
        if (work.equals("backup")) {
            failed = Optional.of(clock.instant());
        }
        LOG.error("{} failed: {}", work, why);
        end(work, Stage.FAILED, why, by);
    }

    private void end(String work, Stage stage, String detail, Actor by) {
        String id = stages.now().id();
        refresh();
        stages.end(stage, detail);
        if (stage == Stage.DONE) {
            LOG.info("{}: {}", work, detail);
        }
        journal.tell(work, id, stage == Stage.DONE, detail, by);
    }

    private static String line(Exception e) {
        String message = e.getMessage();
        return message == null ? e.toString() : message.replaceAll("\\s+", " ");
    }

    @Override
    public void close() {
        stages.stop();
        thread.shutdownNow();
        try {
            if (!thread.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("a {} does not end", stages.now().work());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
