package io.visionops.processes.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.visionops.api.child.Child;
import io.visionops.api.child.ChildProcesses;
import io.visionops.api.child.ChildSpec;
import io.visionops.processes.internal.meter.Meter;
import io.visionops.processes.internal.meter.Meters;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** No child outlives the program, however that ends: another JVM with children is killed. */
@Timeout(60)
class KilledParentTest {

    private static final Meter METER = Meters.ofThisMachine();

    private final List<Process> parents = new ArrayList<>();
    private final List<Long> children = new ArrayList<>();

    @TempDir Path data;

    @AfterEach
    void killAll() {
        parents.forEach(Process::destroyForcibly);
        for (long pid : children) {
            ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    @Test
    void aSilentChildAndAStoppedOneEndWithTheirParent() throws Exception {
        assumeThatThisMachineCan();
        Process parent = parentOf("silent", "stopped");
        long silent = children.get(0);
        long stopped = children.get(1);
        signal("STOP", stopped);

        parent.destroyForcibly();

        await().atMost(10, TimeUnit.SECONDS)
                .until(() -> METER.read(silent).isEmpty() && METER.read(stopped).isEmpty());
    }

    @Test
    void aChildOutlivesTheThreadThatAskedForIt() throws Exception {
        assumeThatThisMachineCan();
        try (Children own = Children.in(data)) {
            HeldChildren processes = HeldChildren.of(own, "test");
            AtomicReference<Child> started = new AtomicReference<>();
            Thread asking = new Thread(() -> started.set(start(processes, "cam")));
            asking.start();
            asking.join();
            // The signal comes when the thread is gone from the kernel, a moment after join.
            await().until(() -> tasks().noneMatch(name -> name.equals(asking.getName())));

            assertThat(started.get().isAlive()).isTrue();
            assertThat(start(processes, "next").isAlive()).isTrue();
            assertThat(started.get().isAlive()).isTrue();
        }
    }

    @Test
    void theChildIsTheProgramItselfAndNotItsGuard() throws Exception {
        try (Children own = Children.in(data)) {
            Child child = start(HeldChildren.of(own, "test"), "cam");

            await().until(
                            () ->
                                    ProcessHandle.of(child.process().pid())
                                            .flatMap(process -> process.info().command())
                                            .filter(command -> command.contains("sleep"))
                                            .isPresent());
        }
    }

    @Test
    void aProgramThatIsNotThereIsRefusedAtOnce() {
        try (Launcher launcher = Launcher.ofThisMachine()) {
            assertThatThrownBy(() -> launcher.start(Specs.command("cam", "/no/such/program"), 2048))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("/no/such/program")
                    .hasMessageContaining("install it");
            assertThatThrownBy(() -> launcher.start(Specs.command("cam", "no-such-program"), 2048))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("no-such-program");
        }
    }

    @Test
    void withoutAGuardChildrenStartAllTheSame() throws Exception {
        try (Launcher launcher = Launcher.withoutGuard()) {
            Process process = launcher.start(Specs.command("cam", "true"), 2048);

            assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
        }
    }

    private static void assumeThatThisMachineCan() {
        try (Launcher launcher = Launcher.ofThisMachine()) {
            Assumptions.assumeTrue(launcher.guards(), "setpriv of util-linux");
        }
    }

    /** Another program like ours, with children that print nothing. */
    private Process parentOf(String... names) throws IOException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                                "-Xmx64m",
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Parent.class.getName(),
                                data.toString()));
        command.addAll(List.of(names));
        Process parent =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        parents.add(parent);
        BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(parent.getInputStream(), StandardCharsets.UTF_8));
        for (String name : names) {
            String line = lines.readLine();
            assertThat(line).as(name).isNotNull();
            children.add(Long.parseLong(line));
        }
        return parent;
    }

    private static void signal(String name, long pid) throws Exception {
        Process kill = new ProcessBuilder("kill", "-" + name, String.valueOf(pid)).start();
        assertThat(kill.waitFor()).isZero();
    }

    private static Child start(ChildProcesses processes, String name) {
        try {
            return processes.start(sleeper(name));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static ChildSpec sleeper(String name) {
        return Specs.command(name, "sleep", "600");
    }

    private static Stream<String> tasks() {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName);
    }

    /** Starts children, says their pids, and waits to be killed. */
    static final class Parent {

        private Parent() {}

        public static void main(String[] arguments) throws Exception {
            Children children = Children.in(Path.of(arguments[0]));
            HeldChildren processes = HeldChildren.of(children, "parent");
            for (int i = 1; i < arguments.length; i++) {
                Child child = processes.start(sleeper(arguments[i]));
                System.out.println(child.process().pid());
            }
            Thread.currentThread().join();
        }
    }
}
