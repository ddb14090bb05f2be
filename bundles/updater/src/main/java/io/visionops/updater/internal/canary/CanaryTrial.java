package io.visionops.updater.internal.canary;

import io.visionops.api.camera.Camera;
import io.visionops.api.camera.Cameras;
import io.visionops.api.subject.Actor;
import io.visionops.api.time.Ticker;
import io.visionops.api.update.CanaryReport;
import io.visionops.api.update.UpdateException;
import io.visionops.api.update.UpdatePlan;
import io.visionops.api.update.UpdatePlan.BundleChange;
import io.visionops.api.update.UpdateStatus.Stage;
import io.visionops.updater.internal.generation.ProgramFolder;
import io.visionops.updater.internal.install.DroppedException;
import io.visionops.updater.internal.install.Progress;
import io.visionops.updater.internal.install.Surroundings;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;

/**
 * Compares the analysis of a release with the one that runs. For one thread, but for {@link
 * #decide} and {@link #close}.
 */
public final class CanaryTrial implements AutoCloseable {

    private static final Duration LOOK = Duration.ofMillis(500);

    /** A detector may have to load its model first. */
    private static final Duration FIRST_FRAME = Duration.ofSeconds(60);

    private final BundleContext context;
    private final Surroundings parts;
    private final Progress progress;
    private final Clock clock;
    private final Ticker ticker;
    private final CountDownLatch stopping = new CountDownLatch(1);

    /** What a person wants; null while nothing is compared, or nobody has said so. */
    private final AtomicReference<@Nullable Decision> decision = new AtomicReference<>();

    private volatile boolean comparing;

    private record Decision(boolean promote, Actor by) {}

    public CanaryTrial(
            BundleContext context,
            Surroundings parts,
            Progress progress,
            Clock clock,
            Ticker ticker) {
        this.context = context;
        this.parts = parts;
        this.progress = progress;
        this.clock = clock;
        this.ticker = ticker;
    }

    /** Of a program that ended in between. */
    public void removeLeftover() {
        CanaryBundle.removeLeftover(context);
    }

    /**
     * What is compared of a plan.
     *
     * @throws UpdateException when there is nothing
     */
    public static BundleChange change(UpdatePlan plan) throws UpdateException {
        BundleChange change =
                plan.bundles().stream()
                        .filter(one -> one.bundle().equals(CanaryBundle.NAME))
                        .filter(one -> !one.to().isEmpty())
                        .findFirst()
                        .orElseThrow(
                                () ->
                                        new UpdateException(
                                                "release "
                                                        + plan.to()
                                                        + " has the analysis that runs: there is"
                                                        + " nothing to compare"));
        if (plan.level() != 1) {
            throw new UpdateException(
                    "release "
                            + plan.to()
                            + " needs a start of the program ("
                            + plan.reason()
                            + "): its analysis cannot run beside the present one");
        }
        return change;
    }

    /**
     * Finds the camera of a request.
     *
     * @throws UpdateException when there is none, or it yields no frames
     */
    public Camera camera(String name) throws UpdateException {
        Camera camera =
                parts.cameras().map(Cameras::list).stream()
                        .flatMap(List::stream)
                        .filter(one -> one.settings().name().equals(name))
                        .findFirst()
                        .orElseThrow(() -> new UpdateException("there is no camera " + name));
        if (camera.status().lastFrame().isEmpty()) {
            throw new UpdateException(
                    "camera "
                            + name
                            + " is "
                            + camera.status().state()
                            + ": there are no frames to compare");
        }
        return camera;
    }

    /**
     * Returns when the release does as well, or a person has promoted it.
     *
     * @throws DroppedException when it does not
     */
    public void run(ProgramFolder to, UpdatePlan plan, String name, Duration length)
            throws UpdateException, InterruptedException {
        BundleChange change = change(plan);
        Camera camera = camera(name);
        Path jar =
                to.path()
                        .resolve(
                                "system/io/visionops/inference/"
                                        + change.to()
                                        + "/inference-"
                                        + change.to()
                                        + ".jar");
        progress.enter(Stage.CANARY, plan.to(), "on camera " + name);
        decision.set(null);
        comparing = true;
        Optional<String> fault;
        try (CanaryBundle bundle = new CanaryBundle(context, camera)) {
            fault = bundle.start(jar);
            if (fault.isEmpty()) {
                fault = compare(bundle, camera, change, length);
            }
            fault = fault.or(bundle::stop);
        } finally {
            comparing = false;
        }
        if (fault.isPresent()) {
            throw new DroppedException("on camera " + name + ": " + fault.get());
        }
    }

    private Optional<String> compare(
            CanaryBundle bundle, Camera camera, BundleChange change, Duration length)
            throws InterruptedException {
        long started = ticker.nanos();
        while (bundle.looked() == 0) {
            if (ticker.nanos() - started >= FIRST_FRAME.toNanos()) {
                return Optional.of(
                        "it looked at no frame within "
                                + FIRST_FRAME.toSeconds()
                                + " s"
                                + bundle.fault().map(words -> ": " + words).orElse(""));
            }
            if (decision.get() != null) {
                break;
            }
            pause();
        }
        Instant since = clock.instant();
        long begun = ticker.nanos();
        bundle.countSince(since);
        RunningAnalysis running = new RunningAnalysis(camera, parts, since);
        long triedBefore = bundle.looked();
        while (true) {
            Duration passed = Duration.ofNanos(ticker.nanos() - begun);
            CanaryReport report =
                    new CanaryReport(
                            camera.settings().name(),
                            since,
                            passed,
                            running.side(change.from()),
                            bundle.side(change.to(), triedBefore),
                            "");
            Decision wanted = decision.get();
            if (wanted != null || passed.compareTo(length) >= 0) {
                return end(report, wanted, bundle.fault());
            }
            progress.compared(report);
            pause();
        }
    }

    /** Why the release is dropped; empty when it is taken. */
    private Optional<String> end(
            CanaryReport report, @Nullable Decision wanted, Optional<String> trouble) {
        Optional<String> fault = CanaryVerdict.fault(report).or(() -> trouble);
        String verdict = fault.orElse("it does as well");
        if (wanted != null) {
            verdict =
                    (wanted.promote() ? "promoted by " : "dropped by ")
                            + wanted.by()
                            + fault.map(words -> ", though " + words).orElse("");
            fault = wanted.promote() ? Optional.empty() : Optional.of(verdict);
        }
        progress.compared(
                new CanaryReport(
                        report.camera(),
                        report.since(),
                        report.length(),
                        report.running(),
                        report.candidate(),
                        verdict));
        return fault;
    }

    private void pause() throws InterruptedException {
        if (stopping.await(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new InterruptedException("the updater stops");
        }
    }

    /**
     * Ends the comparison under way.
     *
     * @throws UpdateException when there is none
     */
    public void decide(boolean promote, Actor by) throws UpdateException {
        if (!comparing) {
            throw new UpdateException("no release is being compared");
        }
        decision.set(new Decision(promote, by));
    }

    @Override
    public void close() {
        stopping.countDown();
    }
}
