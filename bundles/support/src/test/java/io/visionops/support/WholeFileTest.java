package io.visionops.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {

    @TempDir private Path folder;

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void takesThePlaceOfTheOneBefore() throws Exception {
        Path file = folder.resolve("left.json");

        WholeFile.write(file, bytes("a longer one"), true);
        WholeFile.write(file, bytes("short"), false);

        assertThat(file).hasContent("short");
        assertThat(folder).isDirectoryNotContaining("glob:**.new");
    }

    @Test
    void whatIsLeftOfOneThatWasInterruptedIsWrittenOver() throws Exception {
        Files.writeString(folder.resolve("left.json.new"), "half of something that was longer");

        WholeFile.write(folder.resolve("left.json"), bytes("whole"), true);

        assertThat(folder.resolve("left.json")).hasContent("whole");
    }

    @Test
    void onAFullDiskTheOneBeforeStaysAndNothingElse() throws Exception {
        Path file = folder.resolve("left.json");
        Files.writeString(file, "before");
        Files.createSymbolicLink(folder.resolve("left.json.new"), Path.of("/dev/full"));

        assertThatThrownBy(() -> WholeFile.write(file, bytes("after"), true))
                .isInstanceOf(IOException.class);
        assertThat(file).hasContent("before");
        assertThat(folder).isDirectoryNotContaining("glob:**.new");
    }

    @Test
    void whatHoldsAPasswordIsNeverOpenToOthers() throws Exception {
        Path file = folder.resolve("camera.cfg");
        Files.writeString(folder.resolve("camera.cfg.new"), "open, and left by a crash");
        Files.writeString(file, "open");

        WholeFile.write(file, bytes("secret"), WholeFile.OWNER_ONLY);

        assertThat(file).hasContent("secret");
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(WholeFile.OWNER_ONLY);
    }
}
