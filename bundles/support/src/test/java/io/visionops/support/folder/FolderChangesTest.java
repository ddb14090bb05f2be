package io.visionops.support.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThatCode;

import io.visionops.testkit.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class FolderChangesTest {

    @TempDir Path parent;

    private final ManualClock clock = new ManualClock(Instant.parse("2026-01-01T00:00:00Z"));
    private Path folder;
    private FolderChanges changes;

    @BeforeEach
    void open() throws IOException {
        folder = Files.createDirectory(parent.resolve("etc"));
        assumeThatCode(() -> Files.getFileStore(folder))
                .as("Java finds the file system, as it does not in a root that is no mount")
                .doesNotThrowAnyException();
        Files.writeString(folder.resolve("a.cfg"), "a");
        changes = new FolderChanges(folder, clock, Duration.ofSeconds(10));
        assertThat(changes.mayHaveChanged()).isTrue();
        assertThat(changes.mayHaveChanged()).isFalse();
    }

    @AfterEach
    void close() {
        if (changes != null) {
            changes.close();
        }
    }

    /** The system's word comes by another thread. */
    private void assertThatItIsTold() {
        while (!changes.mayHaveChanged()) {
            Thread.onSpinWait();
        }
    }

    @Test
    @Timeout(20)
    void eachKindOfChangeIsTold() throws IOException {
        Path file = folder.resolve("a.cfg");
        Files.writeString(file, "b");
        assertThatItIsTold();
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        assertThatItIsTold();
        Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
        assertThatItIsTold();
        Files.writeString(folder.resolve("a.new"), "c");
        assertThatItIsTold();
        Files.move(folder.resolve("a.new"), file, StandardCopyOption.REPLACE_EXISTING);
        assertThatItIsTold();
        Files.delete(file);
        assertThatItIsTold();
    }

    @Test
    void whatIsOldIsLookedAtWhateverTheSystemSays() {
        clock.advance(Duration.ofSeconds(9));
        assertThat(changes.mayHaveChanged()).isFalse();

        clock.advance(Duration.ofSeconds(1));

        assertThat(changes.mayHaveChanged()).isTrue();
        assertThat(changes.mayHaveChanged()).isFalse();
    }

    @Test
    @Timeout(20)
    void aFolderThatTakesThePlaceIsWatchedInstead() throws IOException {
        Files.move(folder, parent.resolve("before"));
        Files.createDirectory(folder);
        clock.advance(Duration.ofSeconds(10));
        assertThat(changes.mayHaveChanged()).isTrue();

        Files.writeString(folder.resolve("a.cfg"), "a");

        assertThatItIsTold();
    }

    @Test
    void withoutNotificationsTheAnswerIsAlwaysYes() {
        try (FolderChanges none =
                new FolderChanges(parent.resolve("none"), clock, Duration.ofSeconds(10))) {
            assertThat(none.mayHaveChanged()).isTrue();
            assertThat(none.mayHaveChanged()).isTrue();
        }
    }
}
