package io.visionops.updater.internal;

import io.visionops.api.subject.Actor;
import io.visionops.api.update.AvailableRelease;
import io.visionops.api.update.InstallRequest;
import io.visionops.api.update.UpdateException;
import io.visionops.api.update.UpdatePlan;
import io.visionops.api.update.UpdateResult;
import io.visionops.api.update.UpdateStatus;
import io.visionops.api.update.Updates;
import io.visionops.updater.internal.canary.CanaryTrial;
import io.visionops.updater.internal.generation.Generations;
import io.visionops.updater.internal.generation.ProgramFolder;
import io.visionops.updater.internal.install.Installation;
import io.visionops.updater.internal.install.Job;
import io.visionops.updater.internal.install.Progress;
import io.visionops.updater.internal.install.UpdateHistory;
import io.visionops.updater.internal.metadata.Release;
import io.visionops.updater.internal.plan.Planner;
import io.visionops.updater.internal.plan.Planner.Numbered;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What there is, what runs, and the one update at a time. Thread-safe. */
final class UpdaterPart implements Updates, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(UpdaterPart.class);

    /** Of a few small files; a disk that hangs is not waited for longer. */
    private static final int READ_SECONDS = 20;

    private final RunningProgram running;
    private final KnownReleases known;
    private final ReleaseStage stage;
    private final Installation installation;
    private final CanaryTrial canary;
    private final Progress progress;
    private final UpdateHistory history;
    private final Clock clock;
    private final SingleUpdate update = new SingleUpdate();

    /** What earlier runs have left on the disk. */
    private final CountDownLatch isRead = new CountDownLatch(1);

    /**
     * @param folder {@code releases} of the data folder
     * @param number of the generation that was started
     */
    UpdaterPart(
            Generations generations,
            Path folder,
            long number,
            Releases releases,
            Installation installation,
            CanaryTrial canary,
            Progress progress,
            UpdateHistory history,
            Clock clock) {
        this.running = new RunningProgram(generations, history, number);
        RepositoryOutage outage = new RepositoryOutage(folder, clock);
        this.known = new KnownReleases(releases, running, history, outage, clock);
        this.stage = new ReleaseStage(generations, folder, releases, progress);
        this.installation = installation;
        this.canary = canary;
        this.progress = progress;
        this.history = history;
        this.clock = clock;
    }

    /** Goes on with what the last run has begun, by a thread of its own. */
    void start() {
        update.begin(this::resume);
    }

    private void resume() throws IOException, InterruptedException, UpdateException {
        try {
            canary.removeLeftover();
            history.read();
            known.read();
            running.read();
        } finally {
            isRead.countDown();
        }
        installation.resume(running.number(), running::folder);
        running.tidy();
    }

    /** Before it nobody knows what was gone back from, and what can be gone back to. */
    private void awaitRead() throws UpdateException {
        try {
            if (!isRead.await(READ_SECONDS, TimeUnit.SECONDS)) {
                throw new UpdateException("the releases that are kept are still being read");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UpdateException("interrupted before the releases that are kept were read");
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
                known.tryByItself(found.get().number());
                install(InstallRequest.at(false), by);
            } else {
                fetchAhead(known.newest().orElseThrow());
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
        update.tryBegin(
                () -> {
                    stage.stage(release, running.folder(), plan);
                    running.tidy();
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
        return progress.moment().stage().isOver() && known.isUntried();
    }

    /** A generation is active: what is not gone back to any more is removed. */
    void committed(long number, ProgramFolder now) {
        long before = running.number();
        running.become(number, now);
        known.committed(number);
        running.keep(new HashSet<>(List.of(number, before)));
    }

    @Override
    public UpdateStatus status() {
        Progress.Moment moment = progress.moment();
        return new UpdateStatus(
                running.number(),
                running.version(),
                moment.stage(),
                moment.target(),
                moment.detail(),
                moment.bytes(),
                moment.total(),
                moment.since(),
                running.kept(),
                known.checked(),
                known.available(),
                progress.canary());
    }

    @Override
    public Optional<AvailableRelease> check(Actor by) throws UpdateException {
        awaitRead();
        return known.check();
    }

    @Override
    public UpdatePlan plan(Actor by) throws UpdateException {
        awaitRead();
        return plan(known.requireNewer());
    }

    private UpdatePlan plan(Release release) throws UpdateException {
        try {
            return stage.plan(release, running.number(), running.folder(), installation.saved());
        } catch (IOException e) {
            throw new UpdateException("what runs cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public UpdatePlan install(InstallRequest request, Actor by) throws UpdateException {
        awaitRead();
        Release release = known.requireInstallable(request.again());
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
        awaitRead();
        long number = running.target(release);
        try {
            ProgramFolder target = running.folder(number);
            UpdatePlan plan =
                    Planner.plan(
                            new Numbered(running.number(), running.folder().contents()),
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
        boolean begun =
                update.tryBegin(
                        () -> {
                            ProgramFolder from = running.folder();
                            installation.run(
                                    new Job(from, plan, release, by, clock.instant()),
                                    () -> making.of(from));
                            running.tidy();
                        });
        if (!begun) {
            throw new UpdateException("an update is under way: update-status says how far it is");
        }
        return plan;
    }

    /** Empty when the repository could be read when it was looked into last. */
    Optional<UnreadableRepository> unreadable() {
        return known.unreadable();
    }

    Duration clockBehind() {
        return known.clockBehind();
    }

    @Override
    public List<UpdateResult> history() {
        return history.results();
    }

    @Override
    public void close() {
        canary.close();
        installation.close();
        update.close();
    }
}
