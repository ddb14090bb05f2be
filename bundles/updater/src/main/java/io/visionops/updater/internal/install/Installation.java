package io.visionops.updater.internal.install;

import io.visionops.api.subject.Actor;
import io.visionops.api.time.Ticker;
import io.visionops.api.update.UpdateException;
import io.visionops.api.update.UpdateResult;
import io.visionops.api.update.UpdateStatus.Stage;
import io.visionops.updater.internal.generation.GenerationState;
import io.visionops.updater.internal.generation.Generations;
import io.visionops.updater.internal.generation.Phase;
import io.visionops.updater.internal.generation.ProgramFolder;
import io.visionops.updater.internal.plan.Planner;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.osgi.framework.BundleContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes an update: saves, swaps or starts again, watches, keeps or goes back. What it is at is
 * written down before each step, so that the watchdog goes back when the program ends meanwhile.
 * For one thread, but for {@link #close}.
 */
public final class Installation implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Installation.class);

    private final BundleContext context;
    private final Generations generations;
    private final Surroundings parts;
    private final Saving saving;
    private final ProgramRestart restart;
    private final Path folder;
    private final Progress progress;
    private final Outcomes outcomes;
    private final Clock clock;
    private final Ticker ticker;
    private final TimedSwap swap;
    private final GateWatch gate;

    /** Who keeps what became of an update. */
    public interface Outcomes {

        /** A generation is the active one from now on. */
        void committed(long number, ProgramFolder program);

        /**
         * @param bad why the release is not to be tried again; empty when it may be
         */
        void add(UpdateResult result, Optional<String> bad);
    }

    /** Makes the folder of the target complete. */
    @FunctionalInterface
    public interface Staging {
        ProgramFolder stage() throws IOException, UpdateException, InterruptedException;
    }

    /** The program that runs. */
    @FunctionalInterface
    public interface Running {
        ProgramFolder read() throws IOException;
    }

    /**
     * @param folder {@code releases} of the data folder
     */
    public Installation(
            BundleContext context,
            Generations generations,
            Surroundings parts,
            BundleSwap bundles,
            Path etc,
            Path folder,
            Progress progress,
            Outcomes outcomes,
            Supplier<GateLimits> limits,
            Clock clock,
            Ticker ticker) {
        this.context = context;
        this.generations = generations;
        this.parts = parts;
        this.saving = new Saving(parts, generations);
        this.restart = new ProgramRestart(parts, context);
        this.folder = folder;
        this.progress = progress;
        this.outcomes = outcomes;
        this.clock = clock;
        this.ticker = ticker;
        this.swap = new TimedSwap(generations, new CommandRoles(etc), bundles, ticker);
        this.gate = new GateWatch(parts, bundles, progress, limits, clock, ticker);
    }

    /** Installs, and returns when it is kept, undone or the program is about to end. */
    public void run(Job job, Staging staging) throws InterruptedException {
        long target = job.plan().to();
        try {
            progress.enter(Stage.DOWNLOADING, target, "");
            ProgramFolder to = staging.stage();
            progress.enter(Stage.SAVING, target, "");
            saving.save(job);
            Baseline before = Baseline.take(parts, clock);
            Pending.of(job, before, clock.instant()).write(folder);
            if (job.plan().level() == 1) {
                swapIn(job, to, before);
            } else {
                startAgain(job);
            }
        } catch (DroppedException e) {
            end(job, Stage.DROPPED, UpdateOutcome.DROPPED, line(e), Optional.empty());
        } catch (UpdateException | IOException | RuntimeException e) {
            LOG.warn("update to release {} failed", target, e);
            end(job, Stage.FAILED, UpdateOutcome.FAILED, line(e), Optional.empty());
        }
    }

    /** Bytes that are saved before anything changes. */
    public long saved() throws IOException {
        return saving.length();
    }

    private void swapIn(Job job, ProgramFolder to, Baseline before)
            throws IOException, InterruptedException, UpdateException {
        Set<String> changed = Planner.changed(job.from().contents(), to.contents());
        GenerationState trial = job.trial(generations.state());
        generations.write(trial);
        try (Downtime downtime = new Downtime(context, ticker)) {
            progress.enter(Stage.SWAPPING, job.plan().to(), "");
            Optional<String> fault = swap.fault(job.from(), to, changed);
            if (fault.isEmpty()) {
                progress.enter(Stage.GATE, job.plan().to(), "");
                fault = gate.fault(before, to.contents().bundles());
            }
            gate.requireGoingOn();
            if (fault.isEmpty()) {
                fault = commit(trial);
            }
            if (fault.isPresent()) {
                goBack(job, to, changed, trial, before, fault.get(), downtime);
            } else {
                outcomes.committed(job.plan().to(), to);
                end(job, Stage.INSTALLED, UpdateOutcome.INSTALLED, "", downtime.longest());
            }
        }
    }

    /** Empty when it is written that the candidate is the active one from now on. */
    private Optional<String> commit(GenerationState trial) {
        try {
            generations.write(trial.committed());
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of("that it is kept cannot be written: " + line(e));
        }
    }

    /** What stays as it was is a trial that the watchdog goes back from as well. */
    private void tryWrite(GenerationState state) {
        try {
            generations.write(state);
        } catch (IOException e) {
            LOG.error("which release runs cannot be written", e);
        }
    }

    private void goBack(
            Job job,
            ProgramFolder to,
            Set<String> changed,
            GenerationState trial,
            Baseline before,
            String fault,
            Downtime downtime)
            throws InterruptedException {
        progress.enter(Stage.ROLLING_BACK, job.plan().to(), fault);
        Optional<String> again = swap.fault(to, job.from(), changed);
        if (again.isEmpty()) {
            // Threads of the release may go on, and do harm as before.
            again = gate.fault(before, job.from().contents().bundles());
        }
        if (again.isEmpty()) {
            tryWrite(trial.backedOut());
            end(job, Stage.ROLLED_BACK, UpdateOutcome.ROLLED_BACK, fault, downtime.longest());
            return;
        }
        LOG.error(
                "release {} cannot be taken out of the running program ({}): it is started again",
                job.plan().to(),
                again.get());
        tryWrite(trial.goingBack(fault));
        progress.enter(Stage.RESTARTING, job.plan().to(), fault);
        restart.make("goes back from release " + job.plan().to(), job.actor());
    }

    private void startAgain(Job job) throws IOException, UpdateException {
        generations.write(job.trial(generations.state()));
        progress.enter(Stage.RESTARTING, job.plan().to(), "");
        try {
            restart.ask("update to release " + job.plan().to(), job.actor());
        } catch (UpdateException e) {
            generations.write(generations.state().backedOut());
            throw e;
        }
    }

    /**
     * What the program does first that was started: notes what the watchdog went back from, and
     * watches a release that is on trial.
     *
     * @param running number of the program that runs
     * @param program read where there is something to note or to watch, since that takes a second
     */
    public void resume(long running, Running program) throws IOException, InterruptedException {
        Instant up = clock.instant();
        GenerationState state = generations.state();
        Optional<Pending> pending = Pending.read(folder);
        if (state.failed() != GenerationState.NONE) {
            String reason = state.reason().isEmpty() ? "it was not confirmed" : state.reason();
            if (pending.filter(one -> one.plan().to() == state.failed()).isPresent()) {
                end(
                        job(pending.get(), program.read()),
                        Stage.ROLLED_BACK,
                        UpdateOutcome.ROLLED_BACK,
                        reason,
                        pending.get().downtime(up));
            }
            generations.write(state.noted());
        } else if (state.phase() == Phase.TRYING && state.candidate() == running) {
            prove(program.read(), state, pending, up);
        }
    }

    private static Job job(Pending pending, ProgramFolder program) {
        return new Job(
                program, pending.plan(), pending.release(), pending.actor(), pending.started());
    }

    private void prove(
            ProgramFolder program, GenerationState state, Optional<Pending> pending, Instant up)
            throws IOException, InterruptedException {
        Baseline before = pending.map(Pending::before).orElse(Baseline.UNKNOWN);
        progress.enter(Stage.GATE, state.candidate(), "");
        Optional<String> fault = gate.fault(before, program.contents().bundles());
        if (fault.isEmpty()) {
            fault = commit(state);
        }
        if (fault.isEmpty()) {
            outcomes.committed(state.candidate(), program);
            pending.ifPresent(
                    one ->
                            end(
                                    job(one, program),
                                    Stage.INSTALLED,
                                    UpdateOutcome.INSTALLED,
                                    "",
                                    one.downtime(up)));
            return;
        }
        tryWrite(state.goingBack(fault.get()));
        progress.enter(Stage.RESTARTING, state.candidate(), fault.get());
        restart.make("goes back from release " + state.candidate(), Actor.part("updater"));
    }

    private void end(
            Job job,
            Stage stage,
            UpdateOutcome outcome,
            String detail,
            Optional<Duration> downtime) {
        UpdateResult result =
                new UpdateResult(
                        clock.instant(),
                        job.plan().from(),
                        job.plan().to(),
                        job.plan().version(),
                        job.plan().level(),
                        outcome.word(),
                        detail,
                        Duration.between(job.started(), clock.instant()),
                        downtime,
                        job.actor());
        boolean bad = outcome == UpdateOutcome.ROLLED_BACK && job.release();
        outcomes.add(result, bad ? Optional.of(detail) : Optional.empty());
        progress.enter(stage, job.plan().to(), detail);
    }

    private static String line(Exception e) {
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }

    /** Ends what waits; the watchdog goes back from what is not confirmed. */
    @Override
    public void close() {
        gate.close();
        swap.close();
    }
}
