package io.visionops.updater.internal;

import io.visionops.api.subject.Actor;
import io.visionops.api.time.Ticker;
import io.visionops.api.update.AvailableRelease;
import io.visionops.api.update.InstallRequest;
import io.visionops.api.update.UpdateException;
import io.visionops.api.update.UpdatePlan;
import io.visionops.api.update.UpdateResult;
import io.visionops.api.update.UpdateStatus;
import io.visionops.api.update.Updates;
import io.visionops.support.log.LogContext;
import io.visionops.support.thread.DaemonThreads;
import io.visionops.updater.internal.canary.CanaryTrial;
import io.visionops.updater.internal.generation.Generations;
import io.visionops.updater.internal.generation.ProgramFolder;
import io.visionops.updater.internal.install.Installation;
import io.visionops.updater.internal.install.Job;
import io.visionops.updater.internal.install.Progress;
import io.visionops.updater.internal.install.UpdateHistory;
import io.visionops.updater.internal.install.UpdateOutcome;
import io.visionops.updater.internal.metadata.Release;
import io.visionops.updater.internal.plan.Planner;
import io.visionops.updater.internal.plan.Planner.Numbered;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What there is, what runs, and the one update at a time. Thread-safe. */
final class UpdaterPart implements Updates, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(UpdaterPart.class);

    /** How long the end of the updater waits for the step that an update is at. */
    private static final Duration STOP = Duration.ofSeconds(5);

    private final Generations generations;
    private final Releases releases;
    private final ReleaseStage stage;
    private final Installation installation;
    private final CanaryTrial canary;
    private final Progress progress;
    private final UpdateHistory history;
    private final Clock clock;
    private final Ticker ticker;
    private final ExecutorService thread = DaemonThreads.inOrder("visionops-updater");
    private final AtomicBoolean busy = new AtomicBoolean();

    private volatile long running;
    private volatile Optional<ProgramFolder> program = Optional.empty();
    private volatile String version = "";
    private volatile List<Long> kept = List.of();
    private volatile Optional<Instant> checked = Optional.empty();
    private volatile Optional<Release> newest = Optional.empty();

    /** What was last begun to be installed without a person. */
    private volatile long tried;

    private volatile Optional<Trouble> trouble = Optional.empty();

    /** Why the repository could not be read when it was looked into last, and since when. */
    private record Trouble(String reason, long since) {}

    /**
     * @param folder {@code releases} of the data folder
     * @param running number of the generation that was started
     */
    UpdaterPart(
            Generations generations,
            Path folder,
            long running,
            Releases releases,
            Installation installation,
            CanaryTrial canary,
            Progress progress,
            UpdateHistory history,
            Clock clock,
            Ticker ticker) {
        this.ticker = ticker;
        this.generations = generations;
        this.running = running;
        this.releases = releases;
        this.stage = new ReleaseStage(generations, folder, releases, progress);
        this.installation = installation;
        this.canary = canary;
        this.progress = progress;
        this.history = history;
        this.clock = clock;
    }

    /** Goes on with what the last run has begun, by a thread of its own. */
    void start() {
        busy.set(true);
        alone(this::resume);
    }

    private void resume() throws IOException, InterruptedException, UpdateException {
        canary.removeLeftover();
        history.read();
        version = ProgramFolder.version(generations.home(running));
        lookForKept();
        installation.resume(running, this::program);
    }

    private interface Work {
        void run() throws IOException, InterruptedException, UpdateException;
    }

    private void alone(Work work) {
        thread.execute(LogContext.carried(() -> run(work)));
    }

    private void run(Work work) {
        try {
            work.run();
        } catch (IOException | UpdateException | RuntimeException e) {
            LOG.error("the updater failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            busy.set(false);
        }
    }

    /**
     * Looks into the repository, fetches what is new, and installs it where nobody has to be asked;
     * waits for the network.
     *
     * @param install whether a release may be installed now
     * @return whether the repository could be read
     */
    boolean lookByItself(boolean install, Actor by) {
        try {
            Optional<AvailableRelease> found = check(by);
            if (found.isEmpty() || found.get().refused().isPresent()) {
                return true;
            }
            if (install) {
                tried = found.get().number();
                install(InstallRequest.at(false), by);
            } else {
                fetchAhead(newest.orElseThrow());
            }
            return true;
        } catch (UpdateException e) {
            LOG.warn("the repository of releases: {}", e.getMessage());
            return false;
        }
    }

    /** What is there already is not fetched again when it is installed. */
    private void fetchAhead(Release release) throws UpdateException {
        if (stage.isFetched(release)) {
            return;
        }
        UpdatePlan plan = plan(release);
        stage.requireSpace(plan);
        if (!busy.compareAndSet(false, true)) {
            return;
        }
        alone(
                () -> {
                    stage.stage(release, program(), plan);
                    LOG.info(
                            "release {} ({}) is fetched: update-install installs it",
                            release.number(),
                            release.version());
                });
    }

    /**
     * Whether a release is there that may be installed without a person; one that was tried so is
     * left to the next look into the repository.
     */
    boolean isReleaseWaiting() {
        return progress.moment().stage().isOver()
                && newest.filter(one -> one.number() != running && one.number() != tried)
                        .filter(one -> history.refusal(one.number()).isEmpty())
                        .isPresent();
    }

    /** The program that runs; read once, which takes a second. */
    private ProgramFolder program() throws IOException {
        ProgramFolder present =
                program.isPresent() ? program.get() : ProgramFolder.read(generations.home(running));
        program = Optional.of(present);
        return present;
    }

    private void lookForKept() throws IOException {
        List<Long> all = new ArrayList<>(generations.kept());
        all.removeIf(one -> !wasInstalled(one));
        all.add(0L);
        all.remove(running);
        kept = List.copyOf(all);
    }

    /** What was only fetched ahead is nothing to go back to. */
    private boolean wasInstalled(long number) {
        return history.results().stream()
                .anyMatch(
                        one ->
                                one.to() == number
                                        && one.outcome().equals(UpdateOutcome.INSTALLED.word()));
    }

    /** A generation is active: what is not gone back to any more is removed. */
    void committed(long number, ProgramFolder now) {
        long before = running;
        running = number;
        program = Optional.of(now);
        version = now.contents().version();
        newest.map(Release::number).filter(one -> one == number).ifPresent(releases::committed);
        try {
            generations.keep(new HashSet<>(List.of(number, before)));
            lookForKept();
        } catch (IOException e) {
            LOG.warn("releases that are not needed any more cannot be removed: {}", e.toString());
        }
    }

    @Override
    public UpdateStatus status() {
        Progress.Moment moment = progress.moment();
        return new UpdateStatus(
                running,
                version,
                moment.stage(),
                moment.target(),
                moment.detail(),
                moment.bytes(),
                moment.total(),
                moment.since(),
                kept,
                checked,
                newest.filter(one -> one.number() != running).map(this::available),
                progress.canary());
    }

    private AvailableRelease available(Release release) {
        return new AvailableRelease(
                release.number(),
                release.version(),
                release.expires(),
                history.refusal(release.number()));
    }

    @Override
    public synchronized Optional<AvailableRelease> check(Actor by) throws UpdateException {
        Release release;
        try {
            release = releases.newest();
            trouble = Optional.empty();
        } catch (UpdateException e) {
            long since = trouble.map(Trouble::since).orElse(ticker.nanos());
            trouble = Optional.of(new Trouble(String.valueOf(e.getMessage()), since));
            throw e;
        }
        checked = Optional.of(clock.instant());
        newest = Optional.of(release);
        return Optional.of(release).filter(one -> one.number() != running).map(this::available);
    }

    @Override
    public UpdatePlan plan(Actor by) throws UpdateException {
        return plan(newer(by));
    }

    private synchronized Release newer(Actor by) throws UpdateException {
        if (check(by).isEmpty()) {
            throw new UpdateException("release " + running + " is the newest, and is installed");
        }
        return newest.orElseThrow();
    }

    private UpdatePlan plan(Release release) throws UpdateException {
        try {
            return stage.plan(release, running, program());
        } catch (IOException e) {
            throw new UpdateException("the program folder cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public UpdatePlan install(InstallRequest request, Actor by) throws UpdateException {
        Release release = newer(by);
        Optional<String> refusal = history.refusal(release.number());
        if (refusal.isPresent() && !request.again()) {
            throw new UpdateException(
                    "release "
                            + release.number()
                            + " was gone back from: "
                            + refusal.get()
                            + "; --again tries it once more");
        }
        UpdatePlan plan = plan(release);
        stage.requireSpace(plan);
        Optional<String> camera = request.canary();
        if (camera.isEmpty()) {
            return begin(plan, true, by, from -> stage.stage(release, from, plan));
        }
        // What can be said at once is.
        CanaryTrial.change(plan);
        canary.camera(camera.get());
        return begin(
                plan,
                true,
                by,
                from -> {
                    ProgramFolder to = stage.stage(release, from, plan);
                    canary.run(to, plan, camera.get(), request.length());
                    return to;
                });
    }

    @Override
    public void decide(boolean promote, Actor by) throws UpdateException {
        canary.decide(promote, by);
    }

    @Override
    public UpdatePlan rollback(OptionalLong release, Actor by) throws UpdateException {
        List<Long> all = kept;
        long number =
                release.orElse(
                        all.stream()
                                .filter(one -> one < running)
                                .mapToLong(Long::longValue)
                                .max()
                                .orElse(running));
        if (!all.contains(number)) {
            throw new UpdateException(
                    "release "
                            + number
                            + " is not kept; there are "
                            + (all.isEmpty() ? "none" : all));
        }
        try {
            ProgramFolder target = ProgramFolder.read(generations.home(number));
            UpdatePlan plan =
                    Planner.plan(
                            new Numbered(running, program().contents()),
                            new Numbered(number, target.contents()),
                            0,
                            0);
            return begin(plan, false, by, from -> target);
        } catch (IOException e) {
            throw new UpdateException(
                    "release " + number + " cannot be read: " + e.getMessage(), e);
        }
    }

    private interface Making {
        ProgramFolder of(ProgramFolder from)
                throws IOException, UpdateException, InterruptedException;
    }

    private UpdatePlan begin(UpdatePlan plan, boolean release, Actor by, Making making)
            throws UpdateException {
        if (!busy.compareAndSet(false, true)) {
            throw new UpdateException("an update is under way: update-status says how far it is");
        }
        alone(
                () -> {
                    ProgramFolder from = program();
                    installation.run(
                            new Job(from, plan, release, by, clock.instant()),
                            () -> making.of(from));
                });
        return plan;
    }

    /** Empty when the repository could be read when it was looked into last. */
    Optional<ReleaseCheck.Unreadable> unreadable() {
        return trouble.map(
                one ->
                        new ReleaseCheck.Unreadable(
                                one.reason(), Duration.ofNanos(ticker.nanos() - one.since())));
    }

    @Override
    public List<UpdateResult> history() {
        return history.results();
    }

    @Override
    public void close() {
        canary.close();
        installation.close();
        thread.shutdownNow();
        try {
            // What it is writing is whole before another one writes.
            if (!thread.awaitTermination(STOP.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("the update under way does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
