package io.visionops.launcher.generation;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.launcher.generation.Generations.Choice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GenerationsTest {

    /** As the part updater writes it: the same text stands in its test. */
    private static final String WRITTEN =
            """
            base=1.0.0 /opt/visionops
            active=2
            candidate=3
            phase=trying
            level=2
            tries=0
            failed=-1
            reason=
            sha256=e309721ca5592a8379c626b658670afda59855cdcd8ce731848f74486d644319
            """;

    @TempDir Path folder;

    private final List<String> said = new ArrayList<>();
    private Path base;

    @BeforeEach
    void make() throws IOException {
        base = Files.createDirectories(folder.resolve("program"));
        for (String number : List.of("000002", "000003")) {
            Path home = Files.createDirectories(folder.resolve(number));
            Files.writeString(home.resolve("a.jar"), number);
            Files.writeString(home.resolve("files.sha256"), "0".repeat(64) + "  a.jar\n");
        }
    }

    private Generations generations() {
        return new Generations(folder, base, "1.0.0", Files::write, said::add);
    }

    private GenerationState state(String phase, int level, int tries) {
        return new GenerationState(
                "1.0.0 " + base, 2, 3, phase, level, tries, GenerationState.NONE, "");
    }

    private void write(GenerationState state) throws IOException {
        Files.write(folder.resolve("state"), state.bytes());
    }

    private GenerationState written() throws IOException {
        return GenerationState.read(folder.resolve("state"));
    }

    private Choice active() {
        return new Choice(2, folder.resolve("000002"), false);
    }

    @Test
    void withoutAReleaseTheProgramAsItWasUnpackedIsStarted() {
        assertThat(generations().next()).isEqualTo(new Choice(0, base, false));
        assertThat(said).isEmpty();
    }

    @Test
    void theActiveGenerationIsStarted() throws IOException {
        write(state(GenerationState.SETTLED, 0, 0));

        assertThat(generations().next()).isEqualTo(active());
    }

    @Test
    void aCandidateIsStartedThreeTimesAndThenGoneBackFrom() throws IOException {
        write(state(GenerationState.TRYING, 2, 0));

        for (int i = 0; i < 3; i++) {
            assertThat(generations().next())
                    .isEqualTo(new Choice(3, folder.resolve("000003"), true));
        }
        assertThat(generations().next()).isEqualTo(active());
        assertThat(written().failed()).isEqualTo(3);
        assertThat(written().reason()).isEqualTo("it was started 3 times in vain");
        assertThat(written().phase()).isEqualTo(GenerationState.SETTLED);
    }

    @Test
    void whatWasSwappedInAndNotConfirmedIsGoneBackFromAtTheNextStart() throws IOException {
        write(state(GenerationState.TRYING, 1, 0));

        assertThat(generations().next()).isEqualTo(active());
        assertThat(written().failed()).isEqualTo(3);
        assertThat(said)
                .containsExactly(
                        "goes back from release 3: the program ended before the release was"
                                + " confirmed");
    }

    @Test
    void aCandidateThatCrashesIsGoneBackFromAtOnce() throws IOException {
        write(state(GenerationState.TRYING, 2, 0));
        generations().next();

        generations().goBack("ended with status 1");

        assertThat(generations().next()).isEqualTo(active());
        assertThat(written().reason()).isEqualTo("ended with status 1");
    }

    @Test
    void nothingIsGoneBackFromThatIsNotOnTrial() throws IOException {
        write(state(GenerationState.SETTLED, 0, 0));

        generations().goBack("a crash");

        assertThat(generations().next()).isEqualTo(active());
        assertThat(written().failed()).isEqualTo(GenerationState.NONE);
    }

    @Test
    void aCandidateThatIsNotCompleteIsNotStarted() throws IOException {
        write(state(GenerationState.TRYING, 2, 0));
        Files.delete(folder.resolve("000003/a.jar"));

        assertThat(generations().next()).isEqualTo(active());
        assertThat(written().failed()).isEqualTo(3);
    }

    @Test
    void withoutItsFilesTheProgramAsItWasUnpackedTakesThePlaceOfAGeneration() throws IOException {
        write(state(GenerationState.SETTLED, 0, 0));
        Files.delete(folder.resolve("000002/a.jar"));

        assertThat(generations().next()).isEqualTo(new Choice(0, base, false));
        assertThat(said).hasSize(1);
    }

    @Test
    void aProgramThatWasReplacedByHandTakesThePlaceOfAllReleases() throws IOException {
        write(state(GenerationState.SETTLED, 0, 0));

        assertThat(new Generations(folder, base, "1.1.0", Files::write, said::add).next())
                .isEqualTo(new Choice(0, base, false));
        assertThat(written().active()).isZero();
    }

    @Test
    void aStateThatIsDamagedIsNotBelieved() throws IOException {
        write(state(GenerationState.SETTLED, 0, 0));
        String text = Files.readString(folder.resolve("state"));
        for (int length = 0; length < text.length() - 1; length++) {
            Files.writeString(folder.resolve("state"), text.substring(0, length));
            assertThat(generations().next()).isEqualTo(new Choice(0, base, false));
        }
        Files.writeString(folder.resolve("state"), text.replace("active=2", "active=3"));
        assertThat(generations().next()).isEqualTo(new Choice(0, base, false));
    }

    /**
     * The updater writes a part, gives it its name, and syncs: whatever of that a power cut leaves,
     * a whole generation is started.
     */
    @Test
    void whateverAPowerCutLeavesOfAStateThatIsWrittenAWholeGenerationIsStarted()
            throws IOException {
        GenerationState before = state(GenerationState.SETTLED, 0, 0);
        GenerationState after = state(GenerationState.TRYING, 2, 0);
        write(after);
        byte[] fresh = Files.readAllBytes(folder.resolve("state"));
        for (int length = 0; length <= fresh.length; length++) {
            write(before);
            Files.write(folder.resolve("state.part"), Arrays.copyOf(fresh, length));
            assertThat(generations().next()).isEqualTo(active());
        }
        write(after);
        assertThat(generations().next().number()).isEqualTo(3);
    }

    @Test
    void withEveryMixOfFilesThatAPowerCutLeavesAWholeGenerationIsStarted() throws IOException {
        List<Path> files =
                List.of(
                        folder.resolve("000003/a.jar"),
                        folder.resolve("000003/files.sha256"),
                        folder.resolve("000002/a.jar"),
                        folder.resolve("000002/files.sha256"));
        for (int left = 0; left < 1 << files.size(); left++) {
            make();
            write(state(GenerationState.TRYING, 2, 0));
            for (int i = 0; i < files.size(); i++) {
                if ((left & 1 << i) == 0) {
                    Files.delete(files.get(i));
                }
            }
            long expected = (left & 0b0011) == 0b0011 ? 3 : (left & 0b1100) == 0b1100 ? 2 : 0;

            assertThat(generations().next().number()).as("files %d", left).isEqualTo(expected);
        }
    }

    @Test
    void aListOfFilesThatIsCutOffInItsLastLineMakesNoWholeGeneration() throws IOException {
        byte[] list = Files.readAllBytes(folder.resolve("000003/files.sha256"));
        for (int length = 0; length < list.length - 1; length++) {
            write(state(GenerationState.TRYING, 2, 0));
            Files.write(folder.resolve("000003/files.sha256"), Arrays.copyOf(list, length));

            assertThat(generations().next()).isEqualTo(active());
        }
    }

    @Test
    void readsWhatTheUpdaterWrites() throws IOException {
        Files.writeString(folder.resolve("state"), WRITTEN);

        assertThat(written())
                .isEqualTo(
                        new GenerationState(
                                "1.0.0 /opt/visionops",
                                2,
                                3,
                                GenerationState.TRYING,
                                2,
                                0,
                                GenerationState.NONE,
                                ""));
    }
}
