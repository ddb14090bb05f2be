package io.visionops.launcher.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.visionops.launcher.platform.Failure;
import io.visionops.launcher.platform.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {

    @TempDir Path scratch;

    @BeforeEach
    void real() throws IOException {
        scratch = scratch.toRealPath();
    }

    @Test
    void theOptionGoesBeforeTheVariable() {
        Map<String, String> environment = Map.of("VISIONOPS_DATA", scratch.resolve("b").toString());

        assertThat(DataFolder.choose(scratch.resolve("a").toString(), environment).root())
                .isEqualTo(scratch.resolve("a"));
        assertThat(DataFolder.choose(null, environment).root()).isEqualTo(scratch.resolve("b"));
    }

    @Test
    void aFolderHasOneNameWhateverLinksLeadToIt() throws IOException {
        Path real = Files.createDirectory(scratch.resolve("real"));
        Path link = Files.createSymbolicLink(scratch.resolve("link"), real);

        assertThat(DataFolder.choose(link + "/not/../yet", Map.of()).root())
                .isEqualTo(real.resolve("yet"));
    }

    @Test
    void aNameThatNoConfigurationFileCanHoldIsRefused() {
        assertThatThrownBy(() -> DataFolder.choose("/d\"x", Map.of()))
                .hasMessage("the data folder's name holds a character that is not allowed: /d\"x");
    }

    @Test
    void itIsNotMadeInsideTheProgram() {
        Program program = new Program(scratch, "1", "1");

        assertThatThrownBy(() -> new DataFolder(scratch.resolve("data")).make(program))
                .hasMessageContaining("inside the program folder");
    }

    @Test
    void aFileInItsPlaceIsNamed() throws IOException {
        Path file = Files.writeString(scratch.resolve("file"), "");

        assertThatThrownBy(
                        () ->
                                new DataFolder(file)
                                        .make(new Program(scratch.resolve("program"), "1", "1")))
                .isInstanceOf(Failure.class)
                .hasMessageContaining(file.toString());
    }

    @Test
    void makingItLeavesNoProbeBehind() throws IOException {
        DataFolder data = new DataFolder(scratch.resolve("täglich mit Leerzeichen"));

        data.make(new Program(scratch.resolve("program"), "1", "1"));

        try (var files = Files.list(data.run())) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void theFolderOfLibrariesIsThereBeforeTwoPartsWouldMakeItAtATime() {
        DataFolder data = new DataFolder(scratch.resolve("data"));
        Program program = new Program(scratch.resolve("program"), "1", "1.5");

        data.make(program);

        assertThat(data.natives(program)).isEmptyDirectory();
        assertThat(Folders.isEmpty(data.natives(program))).isTrue();
    }
}
