package io.visionops.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.launcher.folder.DataFolder;
import io.visionops.launcher.platform.ProcessIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class JavaMachineTest {

    private static final Duration SOON = Duration.ofSeconds(10);

    @TempDir Path scratch;

    private final List<Process> processes = new ArrayList<>();
    private DataFolder data;

    @BeforeEach
    void make() throws IOException {
        data = new DataFolder(scratch);
        Files.createDirectories(data.run());
    }

    @AfterEach
    void end() {
        processes.forEach(Process::destroyForcibly);
    }

    private Process run(String... command) throws IOException {
        Process process = new ProcessBuilder(command).start();
        processes.add(process);
        return process;
    }

    private JavaMachine found(long pid) throws IOException {
        ProcessIdentity.of(pid).orElseThrow().record(data.javaPid());
        return JavaMachine.found(data).orElseThrow();
    }

    @Test
    void oneThatWasFoundEndsWhenItsParentTakesNoNoteOfIt() throws Exception {
        // The shell becomes a program that never waits for the child that the shell had.
        Process parent = run("sh", "-c", "sleep 60 & echo $!; exec sleep 60");
        long pid = Long.parseLong(parent.inputReader().readLine());
        JavaMachine machine = found(pid);
        assertThat(machine.isAlive()).isTrue();
        assertThat(machine.hasEndedWithin(Duration.ofMillis(1))).isFalse();

        machine.kill();

        assertThat(machine.hasEndedWithin(SOON)).isTrue();
        assertThat(machine.isAlive()).isFalse();
        assertThat(machine.status()).isEmpty();
        // Nobody has taken note of it indeed.
        assertThat(ProcessHandle.of(pid).map(ProcessHandle::isAlive)).isEqualTo(Optional.of(true));
    }

    @Test
    void oneThatWasStartedTellsItsStatus() throws Exception {
        JavaMachine machine = JavaMachine.started(run("sh", "-c", "exit 3"));

        assertThat(machine.hasEndedWithin(SOON)).isTrue();
        assertThat(machine.status()).hasValue(3);
    }

    @Test
    void whatEndedBeforeIsNotFound() throws Exception {
        Process process = run("sleep", "60");
        ProcessIdentity.of(process.pid()).orElseThrow().record(data.javaPid());
        process.destroyForcibly().waitFor();

        assertThat(JavaMachine.found(data)).isEmpty();
    }
}
