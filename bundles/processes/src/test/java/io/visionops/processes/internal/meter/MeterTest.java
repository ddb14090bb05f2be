package io.visionops.processes.internal.meter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeterTest {

    private final Meter linux = new LinuxMeter();
    private final Meter oshi = new OshiMeter();

    @Test
    void bothMetersSayTheSameOfAProcess() {
        long self = ProcessHandle.current().pid();

        Meter.Reading one = linux.read(self).orElseThrow();
        Meter.Reading other = oshi.read(self).orElseThrow();

        assertThat((double) one.memory()).isCloseTo((double) other.memory(), within(64e6));
        assertThat((double) one.cpu()).isCloseTo((double) other.cpu(), within(1e9));
        assertThat(linux.read(self).orElseThrow().start()).isEqualTo(one.start());
        assertThat(oshi.read(self).orElseThrow().start()).isEqualTo(other.start());
    }

    @Test
    void twoProcessesOfThisTestHaveDifferentStarts() throws Exception {
        Process one = new ProcessBuilder("sleep", "60").start();
        try {
            assertThat(linux.read(one.pid()).orElseThrow().start())
                    .isNotEqualTo(linux.read(ProcessHandle.current().pid()).orElseThrow().start());
        } finally {
            one.destroyForcibly();
        }
    }

    @Test
    void aProcessThatIsGoneOrAZombieHasNoReading() throws Exception {
        // The shell becomes a program that never asks for its child's exit.
        Process parent =
                new ProcessBuilder("/bin/sh", "-c", "sleep 0.3 & echo $!; exec sleep 60").start();
        try {
            long zombie = Long.parseLong(parent.inputReader().readLine());

            await().atMost(10, TimeUnit.SECONDS).until(() -> linux.read(zombie).isEmpty());
            assertThat(ProcessHandle.of(zombie)).isPresent();
            assertThat(oshi.read(zombie)).isEmpty();
            assertThat(linux.read(999_999_999L)).isEmpty();
            assertThat(oshi.read(999_999_999L)).isEmpty();
        } finally {
            parent.destroyForcibly();
        }
    }

    @Test
    void aNameWithSpacesAndParenthesesIsNoObstacle(@TempDir Path folder) throws Exception {
        Path program = Files.copy(Path.of("/bin/sleep"), folder.resolve("x) Z 1 2 (y"));
        Process process = new ProcessBuilder(program.toString(), "60").start();
        try {
            await().atMost(10, TimeUnit.SECONDS)
                    .until(() -> linux.read(process.pid()).orElseThrow().memory() > 100_000);
        } finally {
            process.destroyForcibly();
        }
    }
}
