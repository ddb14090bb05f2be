package io.visionops.processes.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.visionops.api.child.Child;
import io.visionops.processes.internal.meter.LinuxMeter;
import io.visionops.processes.internal.meter.Meter;
import io.visionops.processes.internal.meter.Meters;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A program that has no file descriptor left. */
@Timeout(60)
class DescriptorsTest {

    @TempDir Path data;

    /** In a program of its own, with a limit of its own. */
    @Test
    void aChildCanBeEndedWithoutAFreeDescriptor() throws Exception {
        Assumptions.assumeTrue(LinuxMeter.isUsable());
        Process other =
                new ProcessBuilder(
                                "/bin/sh",
                                "-c",
                                "ulimit -n 256; exec \"$@\"",
                                "sh",
                                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                Exhausted.class.getName(),
                                data.toString())
                        .redirectErrorStream(true)
                        .start();
        try {
            String said = new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(said).contains("ended, left 0");
        } finally {
            other.destroyForcibly();
        }
    }

    /** What the other program does. */
    static final class Exhausted {

        private Exhausted() {}

        public static void main(String[] args) throws Exception {
            Children children = Children.in(Path.of(args[0]));
            HeldChildren processes = HeldChildren.of(children, "test");
            // Classes of a test lie in folders: to load one takes a descriptor.
            end(processes.start(Specs.script("first", "trap '' TERM; sleep 600 & wait; wait")));
            Child child =
                    processes.start(
                            Specs.script("child", "trap '' TERM; sleep 600 & echo; wait; wait"));
            var unused = child.output().read();
            List<FileInputStream> all = new ArrayList<>();
            try {
                while (true) {
                    all.add(new FileInputStream("/dev/null"));
                }
            } catch (IOException full) {
                System.out.println("has " + all.size());
            }
            end(child);
            for (FileInputStream one : all) {
                one.close();
            }
            System.out.println("ended, left " + ProcessHandle.current().descendants().count());
            System.exit(0);
        }

        private static void end(Child child) throws Exception {
            child.end(Duration.ofMillis(300));
            var unused = child.exit().get(15, TimeUnit.SECONDS);
        }
    }

    @Test
    void whoCannotBeReadIsNotDead() throws Exception {
        Process process = new ProcessBuilder("sleep", "60").start();
        try {
            boolean[] blind = {true};
            Meter real = Meters.ofThisMachine();
            Meter meter =
                    pid -> {
                        if (blind[0]) {
                            throw new Meter.UnreadableException("blind", new IOException());
                        }
                        return real.read(pid);
                    };
            ProcessFamily family = new ProcessFamily(process.toHandle(), meter);
            assertThat(family.isAlive()).isTrue();
            assertThat(family.read()).isEmpty();

            blind[0] = false;
            assertThat(family.read().orElseThrow()).containsOnlyKeys(process.pid());

            blind[0] = true;
            assertThat(family.isAlive()).isTrue();
            family.signal(true);
            process.waitFor();
            assertThat(family.isAlive()).isTrue();

            blind[0] = false;
            assertThat(family.isAlive()).isFalse();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void theReserveIsFreeWhileItIsLentAndHeldAgainAfterwards() {
        try (DescriptorReserve reserve = new DescriptorReserve()) {
            long before = open();

            boolean[] fewer = new boolean[1];
            assertThat(reserve.lend(() -> fewer[0] = open() <= before - 4)).isTrue();

            assertThat(open()).isGreaterThan(before - 4);
        }
    }

    private static long open() {
        return Optional.ofNullable(Path.of("/proc/self/fd").toFile().list())
                .map(files -> files.length)
                .orElse(0);
    }
}
