package io.visionops.updater.internal.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.visionops.api.checkpoint.CheckpointAction;
import io.visionops.api.checkpoint.CheckpointResult;
import io.visionops.api.database.DatabaseCopies;
import io.visionops.api.subject.Actor;
import io.visionops.api.update.UpdateException;
import io.visionops.api.update.UpdatePlan;
import io.visionops.api.update.UpdateResult;
import io.visionops.api.update.UpdateStatus.Stage;
import io.visionops.testkit.ManualClock;
import io.visionops.updater.internal.generation.GenerationState;
import io.visionops.updater.internal.generation.Generations;
import io.visionops.updater.internal.generation.Phase;
import io.visionops.updater.internal.generation.ProgramFolder;
import io.visionops.updater.internal.plan.Planner;
import io.visionops.updater.internal.plan.Planner.Numbered;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleException;

@Tag("slow")
class InstallationTest {

    private static final String CONSOLE = "io.visionops.console";

    @TempDir Path folder;

    private final ManualClock clock = new ManualClock(Instant.parse("2026-01-01T00:00:00Z"));
    private final FakeParts parts = new FakeParts(clock);
    private final FakeFramework framework = new FakeFramework();
    private final List<Long> committed = new ArrayList<>();
    private final List<UpdateResult> results = new ArrayList<>();
    private final List<String> bad = new ArrayList<>();
    private final Progress progress = new Progress(clock);

    /** What the state file said each time bundles were swapped. */
    private final List<Phase> phases = new ArrayList<>();

    private Path releases;
    private Generations generations;
    private ProgramFolder old;
    private ProgramFolder fresh;
    private Installation installation;

    @BeforeEach
    void make() throws IOException {
        releases = Files.createDirectories(folder.resolve("data/releases"));
        old = program(folder.resolve("program"), "1.0.0");
        fresh = program(releases.resolve("000002"), "1.0.1");
        generations = new Generations(releases, old.path());
        framework.bundles.put(CONSOLE, "1.0.0");
        framework.provisioning =
                repository -> {
                    phases.add(generations.state().phase());
                    framework.bundles.put(
                            CONSOLE, repository.toString().contains("1.0.1") ? "1.0.1" : "1.0.0");
                };
        framework.look =
                () -> {
                    clock.advance(Duration.ofSeconds(2));
                    parts.live();
                };
        parts.live();
        installation =
                new Installation(
                        framework.context(),
                        generations,
                        parts,
                        new BundleSwap(
                                framework.context(), () -> Optional.of(framework.features())),
                        Files.createDirectories(folder.resolve("data/etc")),
                        releases,
                        progress,
                        new Recorder(),
                        () ->
                                new GateLimits(
                                        Duration.ofSeconds(4),
                                        Duration.ofSeconds(8),
                                        Duration.ofSeconds(60)),
                        clock,
                        clock);
    }

    private final class Recorder implements Installation.Outcomes {

        @Override
        public void committed(long number, ProgramFolder program) {
            committed.add(number);
        }

        @Override
        public void add(UpdateResult result, Optional<String> reason) {
            results.add(result);
            reason.ifPresent(bad::add);
        }
    }

    private static ProgramFolder program(Path home, String version) throws IOException {
        Path jar =
                home.resolve(
                        "system/io/visionops/console/" + version + "/console-" + version + ".jar");
        Files.createDirectories(jar.getParent());
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.put(new Attributes.Name("Bundle-SymbolicName"), CONSOLE);
        attributes.put(new Attributes.Name("Bundle-Version"), version);
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out, manifest)) {
            entries.finish();
        }
        Files.createDirectories(home.resolve("lib"));
        Files.createDirectories(home.resolve("etc"));
        Files.writeString(home.resolve("lib/version"), "version=" + version);
        Files.writeString(
                home.resolve("etc/org.apache.karaf.features.cfg"),
                "featuresRepositories = mvn:io.visionops/features/"
                        + version
                        + "\nfeaturesBoot = visionops-console/"
                        + version
                        + "\n");
        return ProgramFolder.read(home);
    }

    private Job job() {
        return new Job(
                old,
                Planner.plan(
                        new Numbered(0, old.contents()), new Numbered(2, fresh.contents()), 0, 0),
                true,
                Actor.part("test"),
                clock.instant());
    }

    private GenerationState state() throws IOException {
        return generations.state();
    }

    @Test
    void aGoodReleaseIsOnTrialBeforeItIsSwappedInAndActiveAfterTheGate() throws Exception {
        installation.run(job(), () -> fresh);

        assertThat(phases).containsExactly(Phase.TRYING);
        assertThat(state().active()).isEqualTo(2);
        assertThat(state().phase()).isEqualTo(Phase.SETTLED);
        assertThat(committed).containsExactly(2L);
        assertThat(results).extracting(UpdateResult::outcome).containsExactly("installed");
        assertThat(progress.moment().stage()).isEqualTo(Stage.INSTALLED);
    }

    @Test
    void aDownloadThatFailsTouchesNothing() throws Exception {
        installation.run(
                job(),
                () -> {
                    throw new UpdateException("the network is gone");
                });

        assertThat(framework.installed).isEmpty();
        assertThat(releases.resolve("state")).doesNotExist();
        assertThat(results).extracting(UpdateResult::detail).containsExactly("the network is gone");
        assertThat(bad).isEmpty();
    }

    @Test
    void aBundleThatDoesNotStartIsGoneBackFromAndRemembered() throws Exception {
        FakeFramework.Provisioning works = framework.provisioning;
        framework.provisioning =
                repository -> {
                    works.install(repository);
                    if (repository.toString().contains("1.0.1")) {
                        throw new IllegalStateException("Error restarting bundles:\n\tconsole");
                    }
                };

        installation.run(job(), () -> fresh);

        assertThat(framework.bundles).containsEntry(CONSOLE, "1.0.0");
        assertThat(framework.installed).containsExactly("1.0.1", "1.0.0");
        assertThat(phases).containsExactly(Phase.TRYING, Phase.TRYING);
        assertThat(state().active()).isZero();
        assertThat(state().phase()).isEqualTo(Phase.SETTLED);
        assertThat(bad)
                .containsExactly(
                        "the bundles cannot be swapped: Error restarting bundles: console");
        assertThat(committed).isEmpty();
    }

    /** While a part starts, or an admin changes a bundle, by no fault of the release. */
    @Test
    void aFrameworkThatIsBusyIsAskedOnceMore() throws Exception {
        FakeFramework.Provisioning works = framework.provisioning;
        framework.provisioning =
                repository -> {
                    works.install(repository);
                    if (framework.installed.size() < 3) {
                        throw new IllegalStateException(
                                "Error restarting bundles",
                                new BundleException("Unable to acquire global lock for resolve."));
                    }
                };

        installation.run(job(), () -> fresh);

        assertThat(framework.installed).containsExactly("1.0.1", "1.0.1", "1.0.1");
        assertThat(results).extracting(UpdateResult::outcome).containsExactly("installed");
        assertThat(bad).isEmpty();
    }

    @Test
    void nothingIsSwappedBeforeWhatThePartsKnowAndTheDatabaseAreSaved() throws Exception {
        List<String> steps = new ArrayList<>();
        parts.checkpoints = List.of(saving(CheckpointResult.committed("yard"), steps));
        parts.copies = Optional.of(new Copies(steps));
        FakeFramework.Provisioning works = framework.provisioning;
        framework.provisioning =
                repository -> {
                    steps.add("swap");
                    works.install(repository);
                };

        installation.run(job(), () -> fresh);

        assertThat(steps).containsExactly("checkpoint", "before-000002.db", "swap");
        assertThat(generations.saved(2)).hasContent("database");
        assertThat(installation.saved()).isEqualTo(8);
    }

    @Test
    void whatCannotBeSavedIsNotPutAtRisk() throws Exception {
        parts.checkpoints =
                List.of(
                        saving(
                                CheckpointResult.failed("yard", "the disk is full"),
                                new ArrayList<>()));

        installation.run(job(), () -> fresh);

        assertThat(framework.installed).isEmpty();
        assertThat(results)
                .extracting(UpdateResult::outcome, UpdateResult::detail)
                .containsExactly(tuple("failed", "not saved: inference ({yard=the disk is full})"));
        assertThat(bad).isEmpty();
    }

    private static CheckpointAction saving(CheckpointResult result, List<String> steps) {
        return new CheckpointAction() {
            @Override
            public String name() {
                return "inference";
            }

            @Override
            public Duration deadline() {
                return Duration.ofSeconds(5);
            }

            @Override
            public CheckpointResult checkpoint(String reason, Actor by) {
                steps.add("checkpoint");
                return result;
            }
        };
    }

    private record Copies(List<String> steps) implements DatabaseCopies {

        @Override
        public void copyTo(Path target) throws IOException {
            steps.add(target.getFileName().toString());
            Files.writeString(target, "database");
        }

        @Override
        public long length() {
            return 8;
        }
    }

    @Test
    void whatThePartsDoNotLikeIsGoneBackFrom() throws Exception {
        FakeFramework.Provisioning works = framework.provisioning;
        framework.provisioning =
                repository -> {
                    works.install(repository);
                    parts.streams = !repository.toString().contains("1.0.1");
                };

        installation.run(job(), () -> fresh);

        assertThat(results).extracting(UpdateResult::outcome).containsExactly("rolled-back");
        assertThat(bad).containsExactly("camera yard does not stream");
        assertThat(framework.bundles).containsEntry(CONSOLE, "1.0.0");
    }

    @Test
    void aPartThatThrowsWhenItIsAskedIsGoneBackFrom() throws Exception {
        FakeFramework.Provisioning works = framework.provisioning;
        framework.provisioning =
                repository -> {
                    works.install(repository);
                    parts.cameras =
                            () -> {
                                if (framework.bundles.containsValue("1.0.1")) {
                                    throw new IllegalStateException("bad release");
                                }
                                return List.of(parts.camera);
                            };
                };

        installation.run(job(), () -> fresh);

        assertThat(results).extracting(UpdateResult::outcome).containsExactly("rolled-back");
        assertThat(framework.bundles).containsEntry(CONSOLE, "1.0.0");
    }

    @Test
    void whatIsStillBadAfterTheSwapBackTakesAStart() throws Exception {
        FakeFramework.Provisioning works = framework.provisioning;
        framework.provisioning =
                repository -> {
                    works.install(repository);
                    parts.streams = false;
                };

        installation.run(job(), () -> fresh);

        assertThat(framework.bundles).containsEntry(CONSOLE, "1.0.0");
        assertThat(state().phase()).isEqualTo(Phase.GOING_BACK);
        assertThat(framework.stopped).isTrue();
        System.clearProperty("karaf.restart.jvm");
    }

    @Test
    void aReleaseThatCannotBeWrittenDownAsKeptIsSwappedOut() throws Exception {
        framework.provisioning =
                repository -> {
                    boolean first = framework.installed.size() == 1;
                    framework.bundles.put(CONSOLE, first ? "1.0.1" : "1.0.0");
                    if (first) {
                        blockState();
                    }
                };

        installation.run(job(), () -> fresh);

        assertThat(framework.bundles).containsEntry(CONSOLE, "1.0.0");
        assertThat(committed).isEmpty();
        assertThat(results).extracting(UpdateResult::outcome).containsExactly("rolled-back");
    }

    /** A folder with something in it stands where the file is to be. */
    private void blockState() {
        try {
            Files.delete(releases.resolve("state"));
            Files.createDirectories(releases.resolve("state/blocked"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void whatCannotBeSwappedBackStopsTheFrameworkWhenNobodyElseStartsItAgain() throws Exception {
        framework.provisioning =
                repository -> {
                    throw new IllegalStateException("the features service is broken");
                };

        installation.run(job(), () -> fresh);

        assertThat(state().phase()).isEqualTo(Phase.GOING_BACK);
        assertThat(framework.stopped).isTrue();
        System.clearProperty("karaf.restart.jvm");
    }

    @Test
    void whoIsStoppedInTheGateLeavesTheTrialToTheWatchdog() throws Exception {
        framework.look = installation::close;

        assertThatThrownBy(() -> installation.run(job(), () -> fresh))
                .isInstanceOf(InterruptedException.class);

        assertThat(state().phase()).isEqualTo(Phase.TRYING);
        assertThat(results).isEmpty();
    }

    @Test
    void aReleaseThatTheWatchdogHasStartedIsKeptAfterItsGate() throws Exception {
        framework.bundles.put(CONSOLE, "1.0.1");
        Pending.of(job(), Baseline.take(parts, clock), clock.instant()).write(releases);
        generations.write(state().trying(0, 2, 2));

        installation.resume(2, () -> fresh);

        assertThat(state().active()).isEqualTo(2);
        assertThat(results).extracting(UpdateResult::outcome).containsExactly("installed");
    }

    @Test
    void howLongTheProgramWasAwayForAReleaseThatStartsItAgainIsNoted() throws Exception {
        framework.bundles.put(CONSOLE, "1.0.1");
        UpdatePlan plan = job().plan();
        Job restarted =
                new Job(
                        old,
                        new UpdatePlan(
                                0,
                                2,
                                plan.version(),
                                2,
                                "lib/boot changes",
                                plan.bundles(),
                                plan.files(),
                                0,
                                0,
                                plan.gap(),
                                plan.saved()),
                        true,
                        Actor.part("test"),
                        clock.instant());
        Pending.of(restarted, Baseline.take(parts, clock), clock.instant()).write(releases);
        generations.write(state().trying(0, 2, 2));
        clock.advance(Duration.ofSeconds(9));

        installation.resume(2, () -> fresh);

        assertThat(results)
                .extracting(UpdateResult::downtime)
                .containsExactly(Optional.of(Duration.ofSeconds(9)));
    }

    @Test
    void whatTheWatchdogWentBackFromIsNotedOnce() throws Exception {
        Pending.of(job(), Baseline.take(parts, clock), clock.instant()).write(releases);
        GenerationState settled = state();
        generations.write(
                new GenerationState(
                        settled.base(),
                        0,
                        GenerationState.NONE,
                        Phase.SETTLED,
                        0,
                        0,
                        2,
                        "it crashed"));

        installation.resume(0, () -> old);
        installation.resume(0, () -> old);

        assertThat(bad).containsExactly("it crashed");
        assertThat(state().failed()).isEqualTo(GenerationState.NONE);
    }
}
