package io.visionops.processes.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.visionops.api.child.Child;
import io.visionops.api.child.ChildProcesses;
import io.visionops.api.child.ChildSpec;
import io.visionops.api.child.ChildUsage;
import io.visionops.api.time.Ticker;
import io.visionops.processes.internal.meter.Meters;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ChildrenTest {

    private static final Duration NO_GRACE = Duration.ZERO;
    private static final Duration LONG_GRACE = Duration.ofSeconds(30);
    private static final Duration SHORT_GRACE = Duration.ofMillis(300);

    @TempDir Path data;

    private Children children;
    private ChildProcesses processes;

    @BeforeEach
    void open() {
        children = Children.in(data);
        processes = HeldChildren.of(children, "test");
    }

    @AfterEach
    void close() {
        children.close();
    }

    @Test
    void whatAChildPrintsAndItsExitCodeReachTheHolder() throws Exception {
        Child child = processes.start(Specs.script("talker", "echo hello; echo oops >&2; exit 3"));

        assertThat(child.output().readAllBytes()).isEqualTo("hello\n".getBytes(UTF_8));
        assertThat(exitCode(child)).isEqualTo(3);
        assertThat(child.errorLines()).containsExactly("oops");
        assertThat(child.isAlive()).isFalse();
    }

    @Test
    void inputIsDeliveredAndThenEnds() throws Exception {
        Child child = processes.start(Specs.withInput(Specs.command("reader", "cat"), "user=é\n"));

        assertThat(new String(child.output().readAllBytes(), UTF_8)).isEqualTo("user=é\n");
        assertThat(exitCode(child)).isZero();
    }

    @Test
    void aChildThatNeverReadsItsInputBlocksNobody() throws Exception {
        String moreThanAPipeHolds = "x".repeat(1_000_000);

        Child child =
                processes.start(
                        Specs.withInput(
                                Specs.script("deaf", "echo up; exec sleep 60"),
                                moreThanAPipeHolds));

        assertThat(firstLine(child)).isEqualTo("up");
        child.end(NO_GRACE);
        exitCode(child);
    }

    @Test
    void environmentIsAddedToTheInheritedOne() throws Exception {
        ChildSpec spec =
                new ChildSpec(
                        "env",
                        List.of("/bin/sh", "-c", "echo $COLOUR; test -n \"$PATH\" && pwd"),
                        Map.of("COLOUR", "blue"),
                        data,
                        "",
                        Set.of());

        Child child = processes.start(spec);

        assertThat(new String(child.output().readAllBytes(), UTF_8))
                .isEqualTo("blue\n" + data.toRealPath() + "\n");
    }

    @Test
    void aChildThatFloodsStandardErrorGoesOnAndItsLastHundredLinesAreKept() throws Exception {
        Child child =
                processes.start(Specs.script("flood", "seq 1 300000 >&2; echo through; exit 1"));

        assertThat(firstLine(child)).isEqualTo("through");
        exitCode(child);
        assertThat(child.errorLines()).hasSize(100).startsWith("299901").endsWith("300000");
    }

    @Test
    void secretsAreMasked() throws Exception {
        Child child =
                processes.start(
                        Specs.withSecrets(
                                Specs.script(
                                        "leak",
                                        "echo 'key hunter2!' >&2;"
                                                + " echo 'open RTSP://admin:p@ss/w@10.0.0.1/x' >&2"),
                                "hunter2!"));

        exitCode(child);

        assertThat(child.errorLines()).containsExactly("key ***", "open RTSP://***@10.0.0.1/x");
        assertThat(child.toString()).doesNotContain("hunter2!");
        assertThat(child.spec().toString()).doesNotContain("hunter2!");
    }

    @Test
    void aGrandchildThatHoldsTheErrorPipeDelaysTheExitByHalfASecondAtMost() throws Exception {
        Child child = processes.start(Specs.script("parent", "sleep 5 & exit 0"));
        long before = System.nanoTime();

        exitCode(child);

        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(4));
    }

    @Test
    void aChildThatHeedsTermIsNotKilled() throws Exception {
        Child child =
                processes.start(
                        Specs.script(
                                "polite",
                                "trap 'echo bye; exit 7' TERM; echo up; while :; do sleep 0.05; done"));
        BufferedReader lines = lines(child);
        assertThat(lines.readLine()).isEqualTo("up");

        child.end(LONG_GRACE);

        assertThat(exitCode(child)).isEqualTo(7);
        assertThat(lines.readLine()).isEqualTo("bye");
    }

    @Test
    void aChildThatIgnoresTermIsKilledAfterTheGrace() throws Exception {
        Child child =
                processes.start(
                        Specs.script(
                                "stubborn", "trap '' TERM; echo up; while :; do sleep 0.05; done"));
        assertThat(firstLine(child)).isEqualTo("up");
        long before = System.nanoTime();

        child.end(SHORT_GRACE);
        child.end(LONG_GRACE);

        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(SHORT_GRACE);
        assertThat(exitCode(child)).isEqualTo(137);
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThan(SHORT_GRACE);
    }

    @Test
    void theExitTellsThatGrandchildrenWhichIgnoreTermAreGoneToo() throws Exception {
        Child child =
                processes.start(
                        Specs.script(
                                "family",
                                "sh -c 'trap \"\" TERM; echo $$; while :; do sleep 0.05; done' & wait"));
        long grandchild = Long.parseLong(firstLine(child));

        child.end(SHORT_GRACE);
        exitCode(child);

        assertThat(Meters.ofThisMachine().read(grandchild)).isEmpty();
    }

    @Test
    void grandchildrenThatWereSeenAreEndedThoughTheirParentDiedBefore() throws Exception {
        Children quick = quickSampling();
        try {
            Child child =
                    HeldChildren.of(quick, "test")
                            .start(
                                    Specs.script(
                                            "family",
                                            "sh -c 'sleep 60 & echo $!; sleep 1.5' & read x; wait;"
                                                    + " exec sleep 60"));
            long grandchild = Long.parseLong(firstLine(child));
            await().atMost(20, TimeUnit.SECONDS)
                    .until(
                            () ->
                                    parent(grandchild) != child.process().pid()
                                            && isReparented(grandchild, child));

            child.end(SHORT_GRACE);
            exitCode(child);

            assertThat(Meters.ofThisMachine().read(grandchild)).isEmpty();
        } finally {
            quick.close();
        }
    }

    @Test
    void aNameIsTakenUntilTheExitAndFreeAtTheExit() throws Exception {
        Child first = processes.start(Specs.command("gate", "sleep", "60"));

        assertThatThrownBy(() -> processes.start(Specs.command("gate", "sleep", "60")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("gate");

        first.end(NO_GRACE);
        exitCode(first);
        assertThat(processes.start(Specs.command("gate", "sleep", "60")).isAlive()).isTrue();
    }

    @Test
    void aMissingProgramIsNamedWithWhatToDoAndWithoutItsArguments() {
        assertThatThrownBy(
                        () -> processes.start(Specs.command("cam", "no-such-ffmpeg", "secret-arg")))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        "child cam: cannot run no-such-ffmpeg (error=2, No such file or directory);"
                                + " install it, or make it executable, or correct its path");
        assertThat(processes.usage()).isEmpty();
    }

    @Test
    void aMissingFolderIsNamed() {
        ChildSpec spec =
                new ChildSpec("cam", List.of("ls"), Map.of(), data.resolve("none"), "", Set.of());

        assertThatThrownBy(() -> processes.start(spec))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("none does not exist");
    }

    @Test
    void aNameThatIsNoFileNameIsRefused() {
        assertThatThrownBy(() -> processes.start(Specs.command("../x", "ls")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theNumberOfChildrenIsLimited() throws Exception {
        children.change(new Settings(data, Duration.ofSeconds(5), 1, 2048));
        Child one = processes.start(Specs.command("one", "sleep", "60"));

        assertThatThrownBy(() -> processes.start(Specs.command("two", "sleep", "60")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("max.children");

        one.end(NO_GRACE);
        exitCode(one);
        assertThat(processes.start(Specs.command("two", "sleep", "60")).isAlive()).isTrue();
    }

    @Test
    void usageCountsMemoryAndTimeOfDescendantsToo() throws Exception {
        Children quick = quickSampling();
        try {
            ChildProcesses measured = HeldChildren.of(quick, "test");
            measured.start(
                    Specs.script("busy", "while :; do :; done & while :; do :; done & wait"));
            measured.start(Specs.command("calm", "sleep", "60"));

            await().atMost(20, TimeUnit.SECONDS)
                    .until(() -> measured.usage().get(0).cpu().toMillis() > 500);

            List<ChildUsage> usage = measured.usage();
            assertThat(usage).extracting(ChildUsage::name).containsExactly("busy", "calm");
            assertThat(usage.get(0).load()).isBetween(0.05, 2.5);
            assertThat(usage.get(0).memory()).isGreaterThan(usage.get(1).memory());
            assertThat(usage.get(1).memory()).isBetween(100_000L, 50_000_000L);
            assertThat(usage.get(1).cpu()).isLessThan(Duration.ofMillis(200));
            assertThat(usage.get(1).held()).isTrue();
        } finally {
            quick.close();
        }
    }

    @Test
    void closingEndsHeldAndDetachedChildrenAndFreesEveryThread() throws Exception {
        Child held = processes.start(Specs.script("held", "trap '' TERM; echo up; exec sleep 60"));
        assertThat(firstLine(held)).isEqualTo("up");
        Child detached = processes.start(Specs.command("detached", "sleep", "60"));
        detached.detach();

        children.close();
        children.close();

        assertThat(held.isAlive()).isFalse();
        assertThat(detached.isAlive()).isFalse();
        assertThatThrownBy(() -> processes.start(Specs.command("late", "sleep", "60")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("stopping");
        await().atMost(5, TimeUnit.SECONDS)
                .until(
                        () ->
                                Thread.getAllStackTraces().keySet().stream()
                                        .noneMatch(
                                                thread ->
                                                        thread.getName()
                                                                .startsWith(
                                                                        "visionops-processes-")));
        assertThat(data.resolve("run/children")).isEmptyDirectory();
    }

    @Test
    void aFullOrReadOnlyDiskDoesNotKeepACameraBlind() throws Exception {
        Files.writeString(data.resolve("run"), "a file where the folder should be");

        Child child = processes.start(Specs.script("cam", "echo picture"));

        assertThat(firstLine(child)).isEqualTo("picture");
    }

    private Children quickSampling() {
        return new Children(
                new Settings(data.resolve("quick"), Duration.ofMillis(100), 10, 2048),
                Clock.systemUTC(),
                Ticker.system(),
                Meters.ofThisMachine(),
                Launcher.ofThisMachine());
    }

    private static boolean isReparented(long pid, Child child) {
        return ProcessHandle.of(child.process().pid())
                .orElseThrow()
                .descendants()
                .noneMatch(process -> process.pid() == pid);
    }

    private static long parent(long pid) {
        return ProcessHandle.of(pid)
                .flatMap(ProcessHandle::parent)
                .map(ProcessHandle::pid)
                .orElse(-1L);
    }

    private static int exitCode(Child child) throws Exception {
        return child.exit().get(30, TimeUnit.SECONDS);
    }

    private static BufferedReader lines(Child child) {
        return new BufferedReader(new InputStreamReader(child.output(), UTF_8));
    }

    private static String firstLine(Child child) throws IOException {
        return Optional.ofNullable(lines(child).readLine()).orElseThrow();
    }
}
