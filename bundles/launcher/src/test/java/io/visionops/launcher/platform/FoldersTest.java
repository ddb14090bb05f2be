package io.visionops.launcher.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FoldersTest {

    @TempDir private Path folder;

    @Test
    void aFileIsReplacedAndNothingStaysBesideIt() throws IOException {
        Path file = folder.resolve("users.properties");

        Folders.writeSynced(file, "old");
        Folders.writeSynced(file, "new");

        assertThat(file).hasContent("new");
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).containsExactly(file);
        }
    }

    @Test
    void aWriteThatFailsLeavesWhatWasThereAndNoPartOfIt() throws IOException {
        Path busy = Files.createDirectories(folder.resolve("busy"));
        Files.writeString(busy.resolve("inside"), "");

        assertThatThrownBy(() -> Folders.writeSynced(busy, "new")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> Folders.write(busy, "new")).isInstanceOf(IOException.class);

        assertThat(busy.resolve("inside")).exists();
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).containsExactly(busy);
        }
    }
}
