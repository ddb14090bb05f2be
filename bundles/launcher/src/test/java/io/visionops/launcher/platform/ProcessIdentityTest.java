package io.visionops.launcher.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessIdentityTest {

    @TempDir Path scratch;

    private final ProcessIdentity self =
            ProcessIdentity.of(ProcessHandle.current().pid()).orElseThrow();

    @Test
    void aProcessThatLivesIsFoundByItsFile() throws IOException {
        Path file = scratch.resolve("java.pid");

        self.record(file);

        assertThat(ProcessIdentity.alive(file)).contains(self);
    }

    @Test
    void aStrangerWithTheSamePidIsNotTakenForIt() throws IOException {
        assertThat(alive(self.pid() + " 1 " + self.boot())).isFalse();
    }

    @Test
    void aStrangerWithTheSamePidAndStartAfterARestartOfTheComputerIsNotTakenForIt()
            throws IOException {
        assertThat(alive(self.pid() + " " + self.startTime() + " 0000-another-boot")).isFalse();
        assertThat(alive(self.pid() + " " + self.startTime())).isFalse();
    }

    @Test
    void aDamagedFileNamesNobody() throws IOException {
        assertThat(alive("")).isFalse();
        assertThat(alive("-5 x y")).isFalse();
        assertThat(alive("99999999999999999999999 1 2")).isFalse();
        assertThat(ProcessIdentity.alive(scratch.resolve("none"))).isEmpty();
    }

    @Test
    void aProcessThatHasEndedIsNoMore() throws Exception {
        Process process = new ProcessBuilder("sleep", "60").start();
        ProcessIdentity known = ProcessIdentity.of(process.pid()).orElseThrow();
        Path file = scratch.resolve("pid");
        known.record(file);

        process.destroyForcibly().waitFor();

        assertThat(ProcessIdentity.alive(file)).isEmpty();
    }

    private boolean alive(String line) throws IOException {
        Path file = Files.writeString(scratch.resolve("file.pid"), line + "\n");
        return ProcessIdentity.alive(file).isPresent();
    }
}
