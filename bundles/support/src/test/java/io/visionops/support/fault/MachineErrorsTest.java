package io.visionops.support.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.support.thread.DaemonThreads;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a Java machine does that has run out of something: a machine of its own for each. */
@Timeout(120)
class MachineErrorsTest {

    @Test
    void outOfDirectMemoryTheProgramEndsInOrderAndSaysWhy() throws Exception {
        Ended ended = run(List.of("-XX:MaxDirectMemorySize=4m"), "direct");

        assertThat(ended.said()).contains("status 71", "direct buffer memory", "state saved");
        assertThat(ended.status()).isEqualTo(MachineErrors.STATUS);
    }

    @Test
    void outOfThreadsTheProgramEndsAndSaysWhy() throws Exception {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/bin/sh")));
        Ended ended = run(List.of("-Xss64m"), "threads");

        assertThat(ended.said()).contains("status 71", "unable to create native thread");
        assertThat(ended.status()).isEqualTo(MachineErrors.STATUS);
    }

    /** What a thread, a pool or a scheduler would keep to itself. */
    @ParameterizedTest
    @ValueSource(strings = {"thread", "task", "pool", "order", "scheduler"})
    void anErrorThatNobodyLooksAtEndsTheProgram(String where) throws Exception {
        Ended ended = run(List.of("-XX:MaxDirectMemorySize=4m"), where);

        assertThat(ended.said()).contains("status 71", "direct buffer memory", "state saved");
        assertThat(ended.status()).isEqualTo(MachineErrors.STATUS);
    }

    @Test
    void anOverflowOfTheStackIsAFaultOfTheWork() throws Exception {
        Ended ended = run(List.of(), "stack");

        assertThat(ended.said()).contains("goes on").doesNotContain("status 71");
        assertThat(ended.status()).isZero();
    }

    @Test
    void causesAreLookedFor() {
        OutOfMemoryError error = new OutOfMemoryError("by the test");

        assertThat(MachineErrors.isOfTheMachine(error)).isTrue();
        assertThat(MachineErrors.isOfTheMachine(new ExecutionException(error))).isTrue();
        assertThat(MachineErrors.isOfTheMachine(new ExceptionInInitializerError(error))).isTrue();
        assertThat(MachineErrors.isOfTheMachine(new StackOverflowError())).isFalse();
        assertThat(MachineErrors.isOfTheMachine(new NoClassDefFoundError("x"))).isFalse();
        assertThat(MachineErrors.isOfTheMachine(new IllegalStateException())).isFalse();
    }

    private record Ended(String said, int status) {}

    private static Ended run(List<String> options, String what) throws Exception {
        List<String> command = new ArrayList<>();
        command.addAll(List.of("/bin/sh", "-c", "ulimit -v 12000000; exec \"$@\"", "sh"));
        command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
        command.addAll(List.of("-Xmx64m", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError"));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(Exhausted.class.getName(), what));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            byte[] said = process.getInputStream().readAllBytes();
            return new Ended(new String(said, StandardCharsets.UTF_8), process.waitFor());
        } finally {
            process.destroyForcibly();
        }
    }

    /** What the other machine runs. */
    static final class Exhausted {

        private static final List<Object> HELD = new ArrayList<>();

        private Exhausted() {}

        public static void main(String[] args) throws Exception {
            Runtime.getRuntime()
                    .addShutdownHook(new Thread(() -> System.out.println("state saved")));
            if (beginWithoutCatch(args[0])) {
                TimeUnit.SECONDS.sleep(60);
            }
            Runnable work =
                    switch (args[0]) {
                        case "direct" -> () -> HELD.add(ByteBuffer.allocateDirect(1 << 20));
                        case "threads" -> Exhausted::startOne;
                        default -> () -> System.out.println(depth(1));
                    };
            ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
            var unused =
                    RepeatedTask.schedule(
                            scheduler, "work", Duration.ZERO, Duration.ofMillis(1), work);
            TimeUnit.SECONDS.sleep(args[0].equals("stack") ? 1 : 60);
            System.out.println("goes on");
            System.exit(0);
        }

        private static boolean beginWithoutCatch(String where) {
            Runnable work = () -> HELD.add(ByteBuffer.allocateDirect(1 << 24));
            switch (where) {
                case "thread" -> DaemonThreads.create("test", work).start();
                case "task" -> DaemonThreads.create("test", new FutureTask<>(work, where)).start();
                case "pool" ->
                        HELD.add(DaemonThreads.pool("test", 2, 1, Duration.ofDays(1)).submit(work));
                case "order" -> HELD.add(DaemonThreads.inOrder("test").submit(work));
                case "scheduler" -> HELD.add(DaemonThreads.scheduler("test").submit(work));
                default -> {
                    return false;
                }
            }
            return true;
        }

        private static void startOne() {
            Thread thread = new Thread(LockSupport::park);
            thread.setDaemon(true);
            thread.start();
            HELD.add(thread);
        }

        private static long depth(long n) {
            return n == 0 ? 0 : depth(n + 1) + 1;
        }
    }
}
