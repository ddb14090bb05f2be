package io.visionops.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderTreeTest {

    @TempDir Path scratch;

    @Test
    void aFolderGoesWithAllThatIsInItAndNothingThatItLinksTo() throws IOException {
        Path kept = Files.createDirectories(scratch.resolve("kept"));
        Files.writeString(kept.resolve("file"), "x");
        Path folder = Files.createDirectories(scratch.resolve("gone/deep"));
        Files.writeString(folder.resolve("file"), "x");
        Files.createSymbolicLink(folder.resolve("link"), kept);

        FolderTree.remove(scratch.resolve("gone"));
        FolderTree.remove(scratch.resolve("gone"));

        assertThat(scratch.resolve("gone")).doesNotExist();
        assertThat(kept.resolve("file")).exists();
    }
}
