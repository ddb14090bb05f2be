package io.visionops.updater.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.visionops.api.subject.Actor;
import io.visionops.api.update.UpdateException;
import io.visionops.api.update.UpdateResult;
import io.visionops.api.update.UpdateStatus.Stage;
import io.visionops.testkit.ManualClock;
import io.visionops.updater.internal.canary.CanaryTrial;
import io.visionops.updater.internal.generation.Generations;
import io.visionops.updater.internal.generation.ProgramFolder;
import io.visionops.updater.internal.install.BundleSwap;
import io.visionops.updater.internal.install.FakeFramework;
import io.visionops.updater.internal.install.FakeParts;
import io.visionops.updater.internal.install.GateLimits;
import io.visionops.updater.internal.install.Installation;
import io.visionops.updater.internal.install.Progress;
import io.visionops.updater.internal.install.UpdateHistory;
import io.visionops.updater.internal.metadata.Release;
import io.visionops.updater.internal.metadata.ReleaseFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class UpdaterPartTest {

    private static final Actor DAILY = Actor.schedule("daily");
    private static final long MORE_THAN_ANY_DISK = 1L << 52;

    @TempDir Path folder;

    private final ManualClock clock = new ManualClock(Instant.parse("2026-01-01T00:00:00Z"));
    private final Progress progress = new Progress(clock);
    private Path releases;
    private UpdateHistory history;
    private long fileLength = 10;
    private UpdaterPart part;

    @BeforeEach
    void make() throws IOException {
        releases = Files.createDirectories(folder.resolve("releases"));
        program(folder.resolve("program"));
        for (String number : List.of("000001", "000002", "000003")) {
            program(releases.resolve(number));
        }
        history = new UpdateHistory(releases);
        history.add(installed(1), Optional.empty());
        history.add(installed(2), Optional.empty());
        part = newPart();
        part.start();
        await(() -> !part.status().kept().isEmpty());
    }

    /** One that has not been started. */
    private UpdaterPart newPart() throws IOException {
        Generations generations = new Generations(releases, folder.resolve("program"));
        FakeFramework framework = new FakeFramework();
        Installation installation =
                new Installation(
                        framework.context(),
                        generations,
                        new FakeParts(clock),
                        new BundleSwap(
                                framework.context(), () -> Optional.of(framework.features())),
                        Files.createDirectories(folder.resolve("etc")),
                        releases,
                        progress,
                        new Kept(),
                        () -> new GateLimits(Duration.ZERO, Duration.ZERO, Duration.ZERO),
                        clock,
                        clock);
        return new UpdaterPart(
                generations,
                releases,
                2,
                new OneRelease(),
                installation,
                new CanaryTrial(framework.context(), new FakeParts(clock), progress, clock, clock),
                progress,
                history,
                clock);
    }

    @AfterEach
    void close() {
        part.close();
    }

    /** Else it is told that nothing is kept, and a release that was bad is taken for a new one. */
    @Test
    void whatIsAskedForBeforeTheDiskWasReadWaitsForThat() throws Exception {
        try (UpdaterPart fresh = newPart()) {
            FutureTask<Object> early =
                    new FutureTask<>(() -> fresh.rollback(OptionalLong.of(9), DAILY));
            Thread asking = new Thread(early);
            asking.start();
            await(() -> asking.getState() == Thread.State.TIMED_WAITING);

            fresh.start();

            assertThatThrownBy(early::get)
                    .cause()
                    .isInstanceOf(UpdateException.class)
                    .hasMessageContaining("release 9 is not kept; there are [1, 0]");
        }
    }

    private static void program(Path home) throws IOException {
        Files.createDirectories(home.resolve("lib"));
        Files.writeString(home.resolve("lib/version"), "version=1.0.0");
    }

    private static UpdateResult installed(long number) {
        return new UpdateResult(
                Instant.EPOCH,
                number - 1,
                number,
                "1.0.0",
                1,
                "installed",
                "",
                Duration.ZERO,
                Optional.empty(),
                DAILY);
    }

    private final class Kept implements Installation.Outcomes {

        @Override
        public void committed(long number, ProgramFolder program) {
            part.committed(number, program);
        }

        @Override
        public void add(UpdateResult result, Optional<String> bad) {
            history.add(result, bad);
        }
    }

    /** A repository with one release, none of whose files can be had. */
    private final class OneRelease implements Releases {

        @Override
        public Release newest() {
            return new Release(
                    4,
                    "1.0.1",
                    "visionops",
                    "linux-x86_64",
                    Instant.MAX,
                    4,
                    Map.of("a.jar", new ReleaseFile(fileLength, "0".repeat(64), false)),
                    List.of());
        }

        @Override
        public void fetch(ReleaseFile file, Path target, LongConsumer bytes)
                throws UpdateException {
            throw new UpdateException("the network is away");
        }

        @Override
        public Duration clockBehind() {
            return Duration.ZERO;
        }

        @Override
        public void committed(long number) {
            throw new UnsupportedOperationException();
        }
    }

    private static void await(BooleanSupplier condition) {
        Awaitility.await().atMost(20, TimeUnit.SECONDS).until(condition::getAsBoolean);
    }

    /** What the start has begun may take a moment still. */
    private long rollBack(OptionalLong release) {
        AtomicLong to = new AtomicLong();
        await(
                () -> {
                    try {
                        to.set(part.rollback(release, DAILY).to());
                        return true;
                    } catch (UpdateException e) {
                        assertThat(e).hasMessageContaining("an update is under way");
                        return false;
                    }
                });
        return to.get();
    }

    @Test
    void whatWasOnlyFetchedAheadIsNothingToGoBackTo() {
        assertThat(part.status().kept()).containsExactly(1L, 0L);
        assertThatThrownBy(() -> part.rollback(OptionalLong.of(3), DAILY))
                .hasMessageContaining("release 3 is not kept");
    }

    @Test
    void withoutANumberTheReleaseBeforeThePresentOneIsGoneBackTo() {
        assertThat(rollBack(OptionalLong.empty())).isEqualTo(1);
    }

    @Test
    void aReleaseThatDoesNotFitOnTheDiskHoldsUpNoOtherUpdate() {
        fileLength = MORE_THAN_ANY_DISK;

        assertThat(part.lookByItself(false, DAILY)).isFalse();

        assertThat(rollBack(OptionalLong.of(1))).isEqualTo(1);
    }

    @Test
    void whatFailedWithoutAPersonIsNotTriedAgainUntilTheNextLook() {
        await(() -> part.lookByItself(true, DAILY));
        await(() -> progress.moment().stage() == Stage.FAILED);

        assertThat(part.isReleaseWaiting()).isFalse();
        assertThat(part.status().available()).isPresent();
    }
}
