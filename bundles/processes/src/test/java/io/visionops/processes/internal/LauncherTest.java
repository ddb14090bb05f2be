package io.visionops.processes.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.visionops.api.child.ChildSpec;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LauncherTest {

    private final CountDownLatch disk = new CountDownLatch(1);
    private final List<String> started = new CopyOnWriteArrayList<>();
    private final List<Process> processes = new CopyOnWriteArrayList<>();
    private static final int MEGABYTES = 700;

    private final Launcher launcher =
            new Launcher(List.of(), this::startFromASlowDisk, Duration.ofMillis(500));

    @AfterEach
    void close() {
        launcher.close();
        processes.forEach(Process::destroyForcibly);
    }

    @Test
    void startsThatNobodyWaitsForAnyMoreNeverRun() throws Exception {
        for (String name : List.of("first", "second", "third")) {
            assertThatThrownBy(() -> launcher.start(spec(name), MEGABYTES))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("does not start within");
        }

        disk.countDown();
        Process last = launcher.start(spec("last"), MEGABYTES);

        assertThat(started).containsExactly("first", "last");
        assertThat(last.isAlive()).isTrue();
        assertThat(processes.get(0).waitFor()).as("ended, since nobody took it").isNotZero();
    }

    @Test
    void aChildHasLimitsGoesFirstAndTakesNoPrivileges() throws Exception {
        String script =
                "cat /proc/self/oom_score_adj; ulimit -v; ulimit -c; grep NoNewPrivs"
                        + " /proc/self/status; echo \"$0 $1\"";
        ChildSpec spec = Specs.command("x", "/bin/sh", "-c", script, "it's", "a b");
        List<String> expected =
                List.of("500", String.valueOf(MEGABYTES * 1024), "0", "NoNewPrivs:\t1", "it's a b");

        for (Launcher one : List.of(Launcher.ofThisMachine(), Launcher.withoutGuard())) {
            try (one) {
                Process process = one.start(spec, MEGABYTES);

                assertThat(process.inputReader().lines())
                        .containsAll(one.guards() ? expected : expected.subList(0, 3));
                assertThat(process.errorReader().lines()).isEmpty();
            }
        }
    }

    private Process startFromASlowDisk(ChildSpec spec, List<String> command) throws IOException {
        started.add(spec.name());
        try {
            disk.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
        Process process = new ProcessBuilder(command).start();
        processes.add(process);
        return process;
    }

    private static ChildSpec spec(String name) {
        return Specs.command(name, "sleep", "60");
    }
}
