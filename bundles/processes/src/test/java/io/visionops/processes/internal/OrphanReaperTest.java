package io.visionops.processes.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.visionops.api.child.Child;
import io.visionops.processes.internal.meter.Meter;
import io.visionops.processes.internal.meter.Meters;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Processes of another run are played by processes that this part did not start. */
@Timeout(60)
class OrphanReaperTest {

    private final Meter meter = Meters.ofThisMachine();
    private final List<Process> others = new ArrayList<>();

    @TempDir Path data;

    private Path folder;

    @BeforeEach
    void makeFolder() throws IOException {
        folder = Files.createDirectories(data.resolve("run/children"));
    }

    @AfterEach
    void killOthers() {
        others.forEach(Process::destroyForcibly);
    }

    @Test
    void aRecordLivesAsLongAsItsChild() throws Exception {
        try (Children children = Children.in(data)) {
            Child child =
                    HeldChildren.of(children, "test").start(Specs.command("cam", "sleep", "60"));

            assertThat(folder.resolve("cam.child"))
                    .hasContent(
                            "pid="
                                    + child.process().pid()
                                    + "\nstart="
                                    + start(child.process().pid())
                                    + "\n");

            child.end(Duration.ZERO);
            child.exit().get(10, TimeUnit.SECONDS);
            assertThat(folder).isEmptyDirectory();
        }
    }

    @Test
    void anOrphanIsEndedWithItsFamily() throws Exception {
        Process orphan = other("sleep 60 & echo $!; wait");
        long grandchild = Long.parseLong(firstLine(orphan));
        record("cam", orphan.pid(), start(orphan.pid()));

        try (Children children = Children.in(data)) {
            await().atMost(10, TimeUnit.SECONDS).until(() -> meter.read(grandchild).isEmpty());
            assertThat(orphan.waitFor(10, TimeUnit.SECONDS)).isTrue();
            HeldChildren.of(children, "test").start(Specs.command("cam", "sleep", "60"));
        }

        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aNewChildOfTheSameNameWaitsForTheEndOfAnOrphanThatIgnoresTerm() throws Exception {
        Process orphan = other("trap '' TERM; echo up; while :; do sleep 0.05; done");
        firstLine(orphan);
        record("cam", orphan.pid(), start(orphan.pid()));

        try (Children children = Children.in(data)) {
            Child child =
                    HeldChildren.of(children, "test").start(Specs.command("cam", "sleep", "60"));

            assertThat(meter.read(orphan.pid())).isEmpty();
            assertThat(child.isAlive()).isTrue();
            assertThat(folder.resolve("cam.child"))
                    .content()
                    .contains("pid=" + child.process().pid());
        }
    }

    @Test
    void aStrangerThatGotThePidOfADeadChildIsLeftAlone() throws Exception {
        Process stranger = other("echo up; exec sleep 60");
        firstLine(stranger);
        String start = start(stranger.pid());
        record("another-time", stranger.pid(), start + "1");
        record("another-boot", stranger.pid(), "00000000-0000" + start.substring(13));

        try (Children children = Children.in(data)) {
            // A new child of that name would wait for the end of an orphan.
            HeldChildren.of(children, "test").start(Specs.command("another-time", "sleep", "60"));
            HeldChildren.of(children, "test").start(Specs.command("another-boot", "sleep", "60"));

            assertThat(stranger.isAlive()).isTrue();
        }
        assertThat(stranger.isAlive()).isTrue();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void recordsOfDeadProcessesAndGarbageAreRemovedAndHideNothing() throws Exception {
        Process orphan = other("echo up; exec sleep 60");
        firstLine(orphan);
        record("dead", 999_999_999L, "x/1");
        Files.writeString(folder.resolve("garbage.child"), "\0\1 pid=1");
        Files.write(folder.resolve("binary.child"), new byte[] {(byte) 0xff, (byte) 0xfe});
        Files.writeString(folder.resolve("huge.child"), "x".repeat(100_000));
        Files.writeString(folder.resolve("empty.child"), "");
        Files.writeString(folder.resolve("own.child"), "pid=99999999999999999999\nstart=1\n");
        Files.writeString(folder.resolve("half.tmp"), "pid=");
        record("living", orphan.pid(), start(orphan.pid()));

        try (Children children = Children.in(data)) {
            assertThat(orphan.waitFor(10, TimeUnit.SECONDS)).isTrue();
            await().atMost(10, TimeUnit.SECONDS)
                    .untilAsserted(() -> assertThat(folder).isEmptyDirectory());
            assertThat(HeldChildren.of(children, "test").usage()).isEmpty();
        }
    }

    @Test
    void thisVeryProcessIsNoOrphan() throws Exception {
        long self = ProcessHandle.current().pid();
        record("self", self, start(self));

        Children.in(data).close();

        assertThat(folder).isEmptyDirectory();
    }

    private Process other(String script) throws IOException {
        Process process = new ProcessBuilder("/bin/sh", "-c", script).start();
        others.add(process);
        return process;
    }

    private void record(String name, long pid, String start) throws IOException {
        Files.writeString(
                folder.resolve(name + ".child"), "pid=" + pid + "\nstart=" + start + "\n");
    }

    private String start(long pid) {
        return meter.read(pid).orElseThrow().start();
    }

    private static String firstLine(Process process) throws IOException {
        return new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))
                .readLine();
    }
}
