package io.visionops.updater.internal.generation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GenerationStateTest {

    /** As the watchdog reads it: the same text stands in its test. */
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
    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("state");
    }

    private static GenerationState settled() {
        return new GenerationState(
                "1.0.0 /opt/visionops",
                2,
                GenerationState.NONE,
                Phase.SETTLED,
                0,
                0,
                GenerationState.NONE,
                "");
    }

    @Test
    void isWrittenAsTheWatchdogReadsIt() throws IOException {
        settled().trying(2, 3, 2).write(file);

        assertThat(Files.readString(file)).isEqualTo(WRITTEN);
        assertThat(GenerationState.read(file)).contains(settled().trying(2, 3, 2));
    }

    @Test
    void aReasonOfSeveralLinesStaysOneLine() throws IOException {
        settled().trying(2, 3, 1).goingBack("it\nthrows").write(file);

        assertThat(GenerationState.read(file)).map(GenerationState::reason).contains("it throws");
    }

    @Test
    void whatIsDamagedOrCutOffIsNotBelieved() throws IOException {
        settled().write(file);
        String text = Files.readString(file);

        for (int length = 0; length < text.length() - 1; length++) {
            Files.writeString(file, text.substring(0, length));
            assertThat(GenerationState.read(file)).isEmpty();
        }
        Files.writeString(file, text.replace("active=2", "active=1"));
        assertThat(GenerationState.read(file)).isEmpty();
        Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe});
        assertThat(GenerationState.read(file)).isEmpty();
    }

    @Test
    void theProgramThatRunsIsGoneBackToAlsoWhereAnotherWasTheActiveOne() {
        GenerationState state = settled().trying(0, 2, 1);

        assertThat(state.candidate()).isEqualTo(2);
        assertThat(state.backedOut().active()).isZero();
    }

    @Test
    void aCandidateThatIsCommittedIsTheActiveOne() {
        GenerationState state = settled().trying(2, 0, 1).committed();

        assertThat(state.active()).isZero();
        assertThat(state.phase()).isEqualTo(Phase.SETTLED);
        assertThat(settled().trying(2, 3, 1).backedOut()).isEqualTo(settled());
    }
}
