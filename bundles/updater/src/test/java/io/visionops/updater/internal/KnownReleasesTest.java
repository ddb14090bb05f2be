package io.visionops.updater.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.visionops.api.subject.Actor;
import io.visionops.api.update.AvailableRelease;
import io.visionops.api.update.UpdateException;
import io.visionops.api.update.UpdateResult;
import io.visionops.testkit.ManualClock;
import io.visionops.updater.internal.generation.Generations;
import io.visionops.updater.internal.install.UpdateHistory;
import io.visionops.updater.internal.metadata.Release;
import io.visionops.updater.internal.metadata.ReleaseFile;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KnownReleasesTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir Path folder;

    private final ManualClock clock = new ManualClock(NOW);
    private final List<Long> floors = new ArrayList<>();
    private UpdateHistory history;
    private long offered = 4;
    private Optional<String> away = Optional.empty();
    private RunningProgram running;
    private KnownReleases known;

    @BeforeEach
    void make() {
        history = new UpdateHistory(folder);
        running =
                new RunningProgram(new Generations(folder, folder.resolve("program")), history, 3);
        known = newRun();
    }

    /** As after a start of the program. */
    private KnownReleases newRun() {
        RepositoryOutage outage = new RepositoryOutage(folder, clock);
        outage.read();
        return new KnownReleases(new Repository(), running, history, outage, clock);
    }

    private final class Repository implements Releases {

        @Override
        public Release newest() throws UpdateException {
            if (away.isPresent()) {
                throw new UpdateException(away.get());
            }
            return new Release(
                    offered,
                    "1.0." + offered,
                    "visionops",
                    "linux-x86_64",
                    Instant.MAX,
                    4,
                    Map.of(),
                    List.of());
        }

        @Override
        public void fetch(ReleaseFile file, Path target, LongConsumer bytes) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Duration clockBehind() {
            return Duration.ZERO;
        }

        @Override
        public void committed(long number) {
            floors.add(number);
        }
    }

    @Test
    void nothingIsKnownBeforeTheFirstLook() {
        assertThat(known.checked()).isEmpty();
        assertThat(known.available()).isEmpty();
        assertThat(known.isUntried()).isFalse();
        assertThat(known.unreadable()).isEmpty();
    }

    @Test
    void anotherReleaseThanTheOneThatRunsIsAvailable() throws UpdateException {
        assertThat(known.check()).map(AvailableRelease::number).contains(4L);
        assertThat(known.requireNewer().version()).isEqualTo("1.0.4");
        assertThat(known.checked()).contains(NOW);
        assertThat(known.isUntried()).isTrue();
    }

    @Test
    void theReleaseThatRunsIsNone() throws UpdateException {
        offered = 3;

        assertThat(known.check()).isEmpty();
        assertThat(known.isUntried()).isFalse();
        assertThatThrownBy(() -> known.requireNewer())
                .hasMessage("release 3 is the newest, and is installed");
    }

    @Test
    void whatWasTriedOrGoneBackFromIsNotInstalledWithoutAPerson() throws UpdateException {
        known.check();
        known.tryByItself(4);
        assertThat(known.isUntried()).isFalse();

        offered = 5;
        known.check();
        assertThat(known.isUntried()).isTrue();

        history.add(goneBackFrom(5), Optional.of("it crashes"));
        assertThat(known.isUntried()).isFalse();
        assertThat(known.available()).flatMap(AvailableRelease::refused).contains("it crashes");
    }

    @Test
    void aRepositoryThatCannotBeReadIsToldWithTheTimeSinceTheFirstFailure() throws Exception {
        known.check();
        away = Optional.of("the network is away");
        assertThatThrownBy(() -> known.check()).hasMessage("the network is away");
        clock.advance(Duration.ofHours(2));
        away = Optional.of("it has expired");
        assertThatThrownBy(() -> known.check()).hasMessage("it has expired");

        assertThat(known.unreadable())
                .contains(new UnreadableRepository("it has expired", Duration.ofHours(2)));
        assertThat(known.checked()).contains(NOW);

        away = Optional.empty();
        known.check();
        assertThat(known.unreadable()).isEmpty();
    }

    /** The program is started again each night, and a repository may be held back for days. */
    @Test
    void anOutageIsAsOldAfterAStartAsBefore() {
        away = Optional.of("the network is away");
        assertThatThrownBy(() -> known.check()).hasMessage("the network is away");
        clock.advance(Duration.ofDays(4));
        known = newRun();

        assertThat(known.unreadable())
                .contains(new UnreadableRepository("the network is away", Duration.ofDays(4)));

        away = Optional.empty();
        assertThatCode(known::check).doesNotThrowAnyException();
        assertThat(newRun().unreadable()).isEmpty();
    }

    /** A release that starts the program again is kept by a run that has not looked yet. */
    @Test
    void aReleaseThatIsKeptRaisesTheFloorThoughThisRunHasNotLooked() {
        newRun().committed(4);

        assertThat(floors).containsExactly(4L);
    }

    @Test
    void theProgramAsItWasUnpackedRaisesNoFloor() {
        known.committed(0);

        assertThat(floors).isEmpty();
    }

    private static UpdateResult goneBackFrom(long number) {
        return new UpdateResult(
                NOW,
                3,
                number,
                "1.0." + number,
                1,
                "rolled-back",
                "it crashes",
                Duration.ZERO,
                Optional.empty(),
                Actor.part("test"));
    }
}
