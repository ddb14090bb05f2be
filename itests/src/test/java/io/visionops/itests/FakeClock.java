package io.visionops.itests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * The wall clock as an instance sees it, by libfaketime (Debian package of that name, or {@code
 * -Dvisionops.faketime=FILE}). The monotonic clock and the times of files stay as they are, as when
 * the clock of a computer is set.
 */
final class FakeClock {

    private final Path library;
    private final Path offset;

    private FakeClock(Path library, Path offset) {
        this.library = library;
        this.offset = offset;
    }

    /** A clock that is right at first; the test is left out where the library is not there. */
    static FakeClock of(Instance instance) throws IOException {
        Path library = library();
        Assumptions.assumeTrue(Files.exists(library), "Debian package libfaketime");
        FakeClock clock = new FakeClock(library, instance.data().resolve("clock-offset"));
        clock.set("+0");
        return clock;
    }

    private static Path library() throws IOException {
        String configured = System.getProperty("visionops.faketime", "");
        if (!configured.isEmpty()) {
            return Path.of(configured);
        }
        Path absent = Path.of("/usr/lib/faketime/libfaketime.so.1");
        try (Stream<Path> folders = Files.list(Path.of("/usr/lib"))) {
            return folders.map(folder -> folder.resolve("faketime/libfaketime.so.1"))
                    .filter(Files::exists)
                    .findFirst()
                    .orElse(absent);
        }
    }

    /** What the instance has to be started with. */
    List<String> environment() {
        return List.of(
                "LD_PRELOAD=" + library,
                "FAKETIME_TIMESTAMP_FILE=" + offset,
                // The file is read once a second and not at each look at the clock.
                "FAKETIME_CACHE_DURATION=1",
                "FAKETIME_DONT_FAKE_MONOTONIC=1",
                // Else timed waits, whose ends are times of that clock, are over at once.
                "FAKETIME_FORCE_MONOTONIC_FIX=0",
                "NO_FAKE_STAT=1");
    }

    /**
     * Sets the clock, also of a program that runs.
     *
     * @param distance from the real time, such as {@code +1d}
     */
    void set(String distance) throws IOException {
        Path part = offset.resolveSibling("clock-offset.part");
        Files.writeString(part, distance + "\n");
        Files.move(part, offset, StandardCopyOption.ATOMIC_MOVE);
    }
}
