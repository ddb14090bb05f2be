package io.visionops.support.handover;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptVersionsTest {

    private static final int RUNNING = 5;

    @TempDir Path folder;

    private Path file;
    private KeptVersions kept;

    @BeforeEach
    void open() {
        file = folder.resolve("front.handover");
        kept = new KeptVersions(file, RUNNING);
    }

    private void keep(int version, String text, int second) throws IOException {
        Files.writeString(file, text);
        Files.setLastModifiedTime(file, FileTime.fromMillis(second * 1000L));
        kept.keep(version);
    }

    @Test
    void aFileIsKeptUnderItsVersionAndTheNewestOfAVersionCounts() throws IOException {
        keep(3, "old", 1);
        keep(3, "new", 2);

        assertThat(file).doesNotExist();
        assertThat(folder.resolve("front.handover.v3")).hasContent("new");
        assertThat(folder).isDirectoryNotContaining("glob:**.new");
    }

    @Test
    void onlyTheVersionThatRunsTakesItsOwnBackAndOnce() throws IOException {
        keep(3, "three", 1);
        keep(RUNNING, "five", 2);

        assertThat(kept.takeBack()).isTrue();
        assertThat(file).hasContent("five");
        assertThat(kept.takeBack()).isFalse();
        assertThat(folder.resolve("front.handover.v3")).hasContent("three");
    }

    @Test
    void ofManyVersionsTheOldestFilesGo() throws IOException {
        keep(RUNNING, "its own", 1);
        for (int version = 6; version < 20; version++) {
            keep(version, "text", version % 2 == 0 ? version : 100 + version);
        }

        assertThat(folder)
                .isDirectoryContaining("glob:**.v5")
                .isDirectoryContaining("glob:**.v19")
                .isDirectoryContaining("glob:**.v17")
                .isDirectoryContaining("glob:**.v15");
        assertThat(folder.toFile().list()).hasSize(KeptVersions.LIMIT + 1);
    }

    @Test
    void theOneThatWasKeptLastStaysAlsoWhenItsTimeIsTheOldest() throws IOException {
        for (int version = 6; version < 10; version++) {
            keep(version, "text", 100 - version);
        }

        assertThat(folder.resolve("front.handover.v9")).exists();
        assertThat(folder.toFile().list()).hasSize(KeptVersions.LIMIT);
    }

    @Test
    void nothingElseInTheFolderIsTakenForOne() throws IOException {
        Path other = Files.writeString(folder.resolve("front.handover.vault"), "");
        Path another = Files.writeString(folder.resolve("back.handover.v2"), "");
        keep(2, "two", 1);

        kept.forgetAll();

        assertThat(folder.resolve("front.handover.v2")).doesNotExist();
        assertThat(other).exists();
        assertThat(another).exists();
    }
}
