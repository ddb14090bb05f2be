package io.visionops.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.launcher.folder.DataFolder;
import io.visionops.launcher.platform.ProcessIdentity;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(40)
class ShutdownTest {

    @TempDir Path scratch;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final List<Process> processes = new ArrayList<>();
    private DataFolder data;
    private Shutdown shutdown;

    @BeforeEach
    void make() throws IOException {
        data = new DataFolder(scratch);
        Files.createDirectories(data.run());
        Files.writeString(data.portsFile(), "{}");
        shutdown = new Shutdown(data, new PrintStream(said, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void end() {
        processes.forEach(Process::destroyForcibly);
    }

    private Process process(Path file) throws IOException {
        Process process = new ProcessBuilder("sleep", "60").start();
        processes.add(process);
        ProcessIdentity.of(process.pid()).orElseThrow().record(file);
        return process;
    }

    private void assertNothingIsLeft() {
        assertThat(data.javaPid()).doesNotExist();
        assertThat(data.launcherPid()).doesNotExist();
        assertThat(data.portsFile()).doesNotExist();
        assertThat(said.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void theWatchdogIsAskedToEndWhereThereIsOne() throws Exception {
        Process watchdog = process(data.launcherPid());

        shutdown.run();

        assertThat(watchdog.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertNothingIsLeft();
    }

    @Test
    void aJavaMachineWhoseWatchdogDoesNotComeBackIsEndedItself() throws Exception {
        Process java = process(data.javaPid());

        shutdown.run();

        assertThat(java.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertNothingIsLeft();
    }
}
