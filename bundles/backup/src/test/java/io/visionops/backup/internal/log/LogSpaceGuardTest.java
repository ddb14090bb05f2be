package io.visionops.backup.internal.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogSpaceGuardTest {

    private static final long MB = 1L << 20;

    @TempDir private Path folder;
    private final AtomicLong free = new AtomicLong(2048 * MB);
    private final List<Boolean> told = new ArrayList<>();
    private LogSpaceGuard guard;

    @BeforeEach
    void make() throws IOException {
        guard = new LogSpaceGuard(folder, free::get, told::add);
        for (String name :
                List.of(
                        "events-2026-02-28.1.jsonl",
                        "events-2026-02-28.2.jsonl",
                        "events-2026-03-01.1.jsonl",
                        "events.jsonl")) {
            try (RandomAccessFile file =
                    new RandomAccessFile(folder.resolve(name).toFile(), "rw")) {
                file.setLength(9 * MB);
            }
        }
    }

    @Test
    void withEnoughSpaceNothingIsDone() {
        guard.look();

        assertThat(guard.trouble()).isEmpty();
        assertThat(told).isEmpty();
        assertThat(folder.resolve("events-2026-02-28.1.jsonl")).exists();
    }

    @Test
    void withoutSpaceTheOldestFilesGoAndWarningsAloneAreLogged() {
        free.set(511 * MB);

        guard.look();
        guard.look();

        assertThat(guard.trouble()).get().asString().contains("511 MB are free");
        assertThat(told).containsExactly(true);
        assertThat(folder.resolve("events-2026-02-28.1.jsonl")).doesNotExist();
        assertThat(folder.resolve("events-2026-02-28.2.jsonl")).exists();
        assertThat(folder.resolve("events.jsonl")).exists();
    }

    @Test
    void itIsOverOnlyWhenThereIsMoreThanALittleSpaceAgain() {
        free.set(511 * MB);
        guard.look();
        free.set(800 * MB);
        guard.look();
        assertThat(guard.trouble()).isPresent();

        free.set(1025 * MB);
        guard.look();

        assertThat(guard.trouble()).isEmpty();
        assertThat(told).containsExactly(true, false);
        assertThat(Files.exists(folder.resolve("events.jsonl"))).isTrue();
    }
}
