package io.visionops.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
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

    @Test
    void aStreamIsWrittenWholeOrNotAtAll() throws Exception {
        Path file = folder.resolve("library.so");
        byte[] large = new byte[300_000];
        large[299_999] = 7;

        WholeFile.write(file, new ByteArrayInputStream(large));

        assertThat(file).hasBinaryContent(large);
        InputStream torn =
                new SequenceInputStream(
                        new ByteArrayInputStream(new byte[9]),
                        new InputStream() {
                            @Override
                            public int read() throws IOException {
                                throw new IOException("torn by the test");
                            }
                        });
        assertThatThrownBy(() -> WholeFile.write(file, torn)).hasMessage("torn by the test");
        assertThat(file).hasBinaryContent(large);
        assertThat(folder).isDirectoryNotContaining("glob:**.new");
    }

    @Test
    void amongFilesOfOthersNoneOfThemIsTouched() throws Exception {
        Path file = folder.resolve("a.jpg");
        Files.writeString(folder.resolve("a.jpg.new"), "of somebody else");
        Files.writeString(file, "before");

        assertThatThrownBy(() -> WholeFile.writeAmongOthers(file, bytes("after"), false))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(file).hasContent("before");

        WholeFile.writeAmongOthers(file, bytes("after"), true);

        assertThat(file).hasContent("after");
        assertThat(folder.resolve("a.jpg.new")).hasContent("of somebody else");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).hasSize(2);
        }
    }

    @Test
    void aFileThatWasTriedUnderAnotherNameTakesItsPlace() throws Exception {
        Path file = folder.resolve("model.onnx");
        Path part = folder.resolve("model123.part");
        Files.writeString(file, "before");
        Files.writeString(part, "after");

        WholeFile.put(part, file);

        assertThat(file).hasContent("after");
        assertThat(part).doesNotExist();
    }
}
