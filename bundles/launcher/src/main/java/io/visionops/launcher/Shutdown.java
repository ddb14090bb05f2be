package io.visionops.launcher;

import io.visionops.launcher.folder.DataFolder;
import io.visionops.launcher.platform.Failure;
import io.visionops.launcher.platform.Folders;
import io.visionops.launcher.platform.ProcessIdentity;
import io.visionops.launcher.platform.Wait;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Optional;

/**
 * Ends the instance of a data folder from outside: by its watchdog where it has one, else its Java
 * machine itself; and what they leave.
 */
final class Shutdown {

    private static final Duration STOP = Duration.ofSeconds(30);

    /** A watchdog that was killed is missed after two seconds, and needs one to start. */
    private static final Duration WATCHDOG_BACK = Duration.ofSeconds(6);

    private final DataFolder data;
    private final PrintStream out;

    Shutdown(DataFolder data, PrintStream out) {
        this.data = data;
        this.out = out;
    }

    /**
     * Does it, and waits for the end.
     *
     * @throws Failure when a process belongs to another user, or does not end
     */
    void run() {
        Running running = new Running(data);
        if (running.launcher().isEmpty()) {
            // One that was killed is brought back by what it watches, which would be started again.
            Wait.until(WATCHDOG_BACK, () -> running.isGone() || running.launcher().isPresent());
        }
        Optional<ProcessIdentity> launcher = running.launcher();
        if (launcher.isPresent()) {
            signal(launcher.get());
        } else {
            // Its launcher was killed.
            running.java().ifPresent(this::stopJava);
        }
        if (!Wait.until(STOP.plusSeconds(15), () -> running.java().isEmpty())) {
            throw new Failure(
                    "does not stop: end process "
                            + running.java().map(ProcessIdentity::pid).orElse(0L)
                            + " by hand");
        }
        Wait.until(Duration.ofSeconds(10), () -> running.launcher().isEmpty());
        new Decoders(data).end();
        Folders.tryRemove(data.javaPid());
        Folders.tryRemove(data.launcherPid());
        Folders.tryRemove(data.portsFile());
    }

    private void stopJava(ProcessIdentity java) {
        signal(java);
        if (!Wait.until(
                STOP, () -> ProcessIdentity.of(java.pid()).filter(java::equals).isEmpty())) {
            out.println("did not stop in 30 s and is killed");
            ProcessHandle.of(java.pid()).ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    private static void signal(ProcessIdentity process) {
        boolean sent = ProcessHandle.of(process.pid()).map(ProcessHandle::destroy).orElse(true);
        if (!sent && ProcessIdentity.of(process.pid()).filter(process::equals).isPresent()) {
            throw new Failure(
                    "process " + process.pid() + " cannot be stopped: it belongs to another user");
        }
    }
}
