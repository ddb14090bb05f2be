package io.visionops.store.internal.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderLockTest {

    @TempDir Path folder;

    @Test
    void whoIsRefusedDoesNotLetGoOfTheLockOfTheOther() throws Exception {
        Assumptions.assumeTrue(Files.isReadable(Path.of("/proc/locks")));
        try (FolderLock lock = FolderLock.take(folder)) {
            assertThat(isLocked()).as("held by %s", lock).isTrue();

            assertThatThrownBy(() -> FolderLock.take(folder)).isInstanceOf(RefusedException.class);

            assertThat(isLocked()).as("after the refusal").isTrue();
        }
    }

    @Test
    void itCanBeTakenAgainWhenItWasLetGo() throws Exception {
        for (int i = 0; i < 2; i++) {
            try (FolderLock lock = FolderLock.take(folder)) {
                assertThat(lock).isNotNull();
            }
        }
    }

    @Test
    void aFolderThatCannotBeWrittenIsNotTakenForAHeldOne() throws Exception {
        Path file = Files.createDirectory(folder.resolve("visionops.db.lock"));
        assertThatThrownBy(() -> FolderLock.take(folder)).isInstanceOf(IOException.class);
        Files.delete(file);

        try (FolderLock lock = FolderLock.take(folder)) {
            assertThat(lock).isNotNull();
        }
    }

    /** As the kernel sees it: another process would be refused. */
    private boolean isLocked() throws IOException {
        long inode = (Long) Files.getAttribute(folder.resolve("visionops.db.lock"), "unix:ino");
        List<String> locks = Files.readAllLines(Path.of("/proc/locks"));
        return locks.stream().anyMatch(line -> line.contains(":" + inode + " "));
    }
}
