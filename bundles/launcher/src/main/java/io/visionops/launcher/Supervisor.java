package io.visionops.launcher;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Holds the Java machine until it ends, and ends it in order at SIGTERM and Ctrl-C. */
final class Supervisor {

    /** Of a Java machine that SIGTERM ended. */
    private static final int TERMINATED = 143;

    private static final Duration STOP = Duration.ofSeconds(30);

    private final Launch launch;
    private final PrintStream err;
    private final AtomicBoolean stopping = new AtomicBoolean();

    Supervisor(Launch launch, PrintStream err) {
        this.launch = launch;
        this.err = err;
    }

    /** What goes on beside the Java machine, in a thread of its own; ends when interrupted. */
    interface Beside {
        void run(Process java, Runnable stop);
    }

    /**
     * Runs it to its end.
     *
     * @param logOffset where the log of this run begins
     * @return 0 when it was stopped in order
     * @throws Failure when it cannot be started or ended by itself with an error
     */
    int run(Map<String, String> environment, StartLog log, Beside beside) {
        DataFolder data = launch.data();
        Folders.tryRemove(data.served());
        Process java;
        try {
            ProcessIdentity.of(ProcessHandle.current().pid())
                    .orElseThrow()
                    .record(data.launcherPid());
            java = launch.start(environment);
        } catch (IOException e) {
            throw new Failure("Java cannot be started: " + DataFolder.reason(e));
        }
        Interrupts.handle(() -> stop(java), "TERM", "INT", "HUP");
        Thread side = new Thread(() -> beside.run(java, () -> stop(java)), "visionops-beside");
        side.setDaemon(true);
        side.start();
        int status = await(java);
        side.interrupt();
        end(side);
        return tidy(status, log);
    }

    private static int await(Process java) {
        while (true) {
            try {
                return java.waitFor();
            } catch (InterruptedException e) {
                // Nobody interrupts this thread; the Java machine is still to be held.
                continue;
            }
        }
    }

    private static void end(Thread side) {
        try {
            side.join(2_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private int tidy(int status, StartLog log) {
        DataFolder data = launch.data();
        Folders.tryRemove(data.javaPid());
        Folders.tryRemove(data.portsFile());
        new Decoders(data).end();
        boolean ordered = status == 0 || status == TERMINATED;
        // Orderly is: asked to stop or by its own shutdown command, and after the boot was
        // complete.
        if (Files.exists(data.served()) && ordered) {
            FrameworkCache.endedInOrder(data, launch.stamp());
        }
        Folders.tryRemove(data.served());
        Folders.tryRemove(data.launcherPid());
        if (!stopping.get() && !ordered) {
            throw new Failure("ended with status " + status + ": " + log.reason(status));
        }
        return 0;
    }

    /** Asks the Java machine to end, and makes it after 30 s. */
    private void stop(Process java) {
        if (stopping.getAndSet(true)) {
            return;
        }
        java.destroy();
        Thread killer =
                new Thread(
                        () -> {
                            try {
                                if (!java.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
                                    err.println("visionops: did not stop in 30 s and was killed");
                                    java.destroyForcibly();
                                }
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        },
                        "visionops-stop");
        killer.setDaemon(true);
        killer.start();
    }
}
