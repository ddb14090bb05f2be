package io.visionops.updater.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.visionops.api.subject.Actor;
import io.visionops.api.update.UpdateException;
import io.visionops.api.update.UpdateResult;
import io.visionops.updater.internal.generation.Generations;
import io.visionops.updater.internal.generation.ProgramFolder;
import io.visionops.updater.internal.install.UpdateHistory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunningProgramTest {

    @TempDir Path folder;

    private Generations generations;
    private UpdateHistory history;
    private RunningProgram running;

    @BeforeEach
    void threeReleasesOfWhichTwoWereInstalled() throws IOException {
        program("program", "1.0.0");
        program("releases/000001", "1.0.1");
        program("releases/000002", "1.0.2");
        program("releases/000003", "1.0.3");
        Path releases = folder.resolve("releases");
        history = new UpdateHistory(releases);
        for (long number : List.of(1L, 2L)) {
            history.add(installed(number), Optional.empty());
        }
        generations = new Generations(releases, folder.resolve("program"));
        running = new RunningProgram(generations, history, 2);
    }

    private void program(String name, String version) throws IOException {
        Path lib = Files.createDirectories(folder.resolve(name).resolve("lib"));
        Files.writeString(lib.resolve("version"), "version=" + version);
    }

    @Test
    void whatWasInstalledOnceAndDoesNotRunIsKept() throws IOException {
        assertThat(running.version()).isEmpty();
        assertThat(running.kept()).isEmpty();

        running.read();

        assertThat(running.number()).isEqualTo(2);
        assertThat(running.version()).isEqualTo("1.0.2");
        assertThat(running.kept()).containsExactly(1L, 0L);
        assertThat(running.folder().contents().version()).isEqualTo("1.0.2");
        assertThat(running.folder(1).contents().version()).isEqualTo("1.0.1");
    }

    @Test
    void theNewestBeforeTheOneThatRunsIsGoneBackToUnlessAnotherIsNamed() throws Exception {
        running.read();

        assertThat(running.target(OptionalLong.empty())).isEqualTo(1);
        assertThat(running.target(OptionalLong.of(0))).isZero();
        assertThatThrownBy(() -> running.target(OptionalLong.of(3)))
                .isInstanceOf(UpdateException.class)
                .hasMessage("release 3 is not kept; there are [1, 0]");
    }

    @Test
    void anotherThatIsActiveIsTheOneThatRunsAndTheOthersGo() throws IOException {
        running.read();
        ProgramFolder third = running.folder(3);

        running.become(3, third);
        running.keep(Set.of(2L, 3L));

        assertThat(running.number()).isEqualTo(3);
        assertThat(running.version()).isEqualTo("1.0.3");
        assertThat(running.folder()).isSameAs(third);
        assertThat(running.kept()).containsExactly(2L, 0L);
        assertThat(folder.resolve("releases/000001")).doesNotExist();
    }

    private static UpdateResult installed(long number) {
        return result(number, "installed");
    }

    private static UpdateResult goneBackFrom(long number) {
        return result(number, "rolled-back");
    }

    private static UpdateResult result(long number, String outcome) {
        return new UpdateResult(
                Instant.EPOCH,
                number - 1,
                number,
                "1.0." + number,
                1,
                outcome,
                "",
                Duration.ZERO,
                Optional.empty(),
                Actor.part("test"));
    }

    /** Else each release that is fetched ahead takes its room for ever. */
    @Test
    void ofWhatWasOnlyFetchedTheNewestThatMayBeInstalledStays() throws IOException {
        program("releases/000004", "1.0.4");
        program("releases/000005", "1.0.5");
        history.add(goneBackFrom(5), Optional.of("it crashes"));
        running.read();

        running.tidy();

        assertThat(folder.resolve("releases/000005")).doesNotExist();
        assertThat(folder.resolve("releases/000004")).exists();
        assertThat(folder.resolve("releases/000003")).doesNotExist();
        assertThat(folder.resolve("releases/000002")).exists();
        assertThat(folder.resolve("releases/000001")).exists();
    }

    @Test
    void nothingIsRemovedWhileAReleaseIsOnTrial() throws IOException {
        history.add(goneBackFrom(3), Optional.of("it crashes"));
        generations.write(generations.state().trying(2, 3, 2));
        running.read();

        running.tidy();

        assertThat(folder.resolve("releases/000003")).exists();
    }
}
