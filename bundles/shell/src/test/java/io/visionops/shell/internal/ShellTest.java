package io.visionops.shell.internal;

import io.visionops.testkit.ManualClock;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A shell at noon, in which nothing is offered yet. */
abstract class ShellTest {

    static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    @TempDir Path folder;

    Console console;

    @BeforeEach
    void open() throws Exception {
        console = new Console(folder.resolve("framework"), new ManualClock(NOW));
        console.currentDir(folder);
    }

    @AfterEach
    void close() throws Exception {
        console.close();
    }
}
