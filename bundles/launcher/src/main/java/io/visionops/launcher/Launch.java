package io.visionops.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Everything up to the Java machine: the data folder taken and filled, leftovers ended, the cache
 * made or kept.
 *
 * @param stamp of the cache
 * @param password of the admin that was made, if one was
 */
record Launch(
        Program program,
        DataFolder data,
        Ports ports,
        @Nullable String detector,
        String stamp,
        Optional<String> password) {

    /**
     * Does it.
     *
     * @throws Failure when VisionOps cannot be started
     */
    static Launch prepare(Program program, DataFolder data, Arguments arguments) {
        Java.check();
        data.make(program);
        claim(data);
        Ports ports = Ports.choose(arguments.httpPort(), arguments.sshPort());
        Configuration.prepare(program, data);
        Optional<String> password = FirstAdmin.make(data);
        new Decoders(data).end();
        String stamp = FrameworkCache.stamp(program);
        FrameworkCache.prepare(data, stamp);
        try {
            ports.write(data.portsFile());
            Folders.write(data.stamp(), stamp);
            Folders.write(
                    data.run().resolve("detector"),
                    (arguments.detector() == null ? "" : arguments.detector()) + "\n");
        } catch (IOException e) {
            throw new Failure("the data folder cannot be written: " + DataFolder.reason(e));
        }
        return new Launch(program, data, ports, arguments.detector(), stamp, password);
    }

    /**
     * Takes over an instance whose watchdog was killed; what was prepared for it holds.
     *
     * @throws Failure when it has a watchdog, or does not run
     */
    static Launch takeOver(Program program, DataFolder data) {
        Running running = new Running(data);
        if (running.java().isEmpty()) {
            throw new Failure(Failure.NOT_RUNNING, "not running on " + data.root());
        }
        running.launcher()
                .ifPresent(
                        one -> {
                            throw new Failure("is watched already, by process " + one.pid());
                        });
        Ports ports =
                Ports.read(data.portsFile())
                        .orElseThrow(() -> new Failure("there is no " + data.portsFile()));
        take(data);
        return new Launch(
                program, data, ports, data.lastDetector(), data.lastStamp(), Optional.empty());
    }

    /** Takes the data folder for this process; fails when another has it. */
    private static void claim(DataFolder data) {
        Running running = new Running(data);
        if (running.launcher().isPresent() && running.java().isEmpty()) {
            // It is about to end.
            Wait.until(Duration.ofSeconds(10), () -> running.launcher().isEmpty());
        }
        // One that was just killed is a moment on its way out.
        if (!Wait.until(Duration.ofSeconds(1), running::isGone)) {
            long pid = running.any().map(ProcessIdentity::pid).orElse(0L);
            throw new Failure("runs already (pid " + pid + ") on " + data.root());
        }
        take(data);
        Folders.tryRemove(data.javaPid());
    }

    private static void take(DataFolder data) {
        ProcessIdentity self = ProcessIdentity.of(ProcessHandle.current().pid()).orElseThrow();
        Path claim = data.run().resolve("claim." + self.pid());
        try {
            if (ProcessIdentity.alive(data.launcherPid()).isEmpty()) {
                Files.deleteIfExists(data.launcherPid());
            }
            Files.writeString(claim, self.line());
            // A link is there or not: of two starts one fails.
            Files.createLink(data.launcherPid(), claim);
        } catch (IOException e) {
            throw new Failure("runs already: another start on " + data.root() + " was faster");
        } finally {
            Folders.tryRemove(claim);
        }
    }

    /** Gives the data folder back when nothing was started. */
    static void release(DataFolder data) {
        if (ProcessIdentity.alive(data.launcherPid())
                .filter(one -> one.pid() == ProcessHandle.current().pid())
                .isPresent()) {
            Folders.tryRemove(data.launcherPid());
        }
    }

    /** Was this process started by systemd itself, which starts it again when it is killed? */
    static boolean isBySystemd(Map<String, String> environment) {
        return String.valueOf(ProcessHandle.current().pid())
                .equals(environment.get("SYSTEMD_EXEC_PID"));
    }

    /**
     * Makes ready for another Java machine after the last one has ended, and its decoders too.
     *
     * @throws Failure when that cannot be done
     */
    void prepareAgain() {
        FrameworkCache.prepare(data, stamp);
        try {
            ports.write(data.portsFile());
        } catch (IOException e) {
            throw new Failure("the data folder cannot be written: " + DataFolder.reason(e));
        }
    }

    /**
     * Starts the Java machine, apart from this program's terminal where the system can do that.
     *
     * @param safe why only the fewest parts are started; empty when all are
     */
    JavaMachine start(Map<String, String> environment, Optional<String> safe) throws IOException {
        java.util.List<String> command =
                new java.util.ArrayList<>(
                        Karaf.command(
                                program,
                                data,
                                ports,
                                detector,
                                safe,
                                environment.getOrDefault("VISIONOPS_JAVA_OPTS", "")));
        if (isBySystemd(environment)) {
            command.add(1, "-Dvisionops.systemd=true");
        }
        // Ctrl-C is for this program, which then stops the other in order.
        Detached.prefix().ifPresent(setsid -> command.add(0, setsid.toString()));
        // Its last words are of use after it is started again.
        Folders.keepAside(data.consoleLog(), data.log().resolve("console-before.log"));
        Process java =
                new ProcessBuilder(command)
                        .directory(data.root().toFile())
                        .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
                        .redirectErrorStream(true)
                        .redirectOutput(data.consoleLog().toFile())
                        .start();
        ProcessIdentity.of(java.pid())
                .orElseThrow(() -> new IOException("it ended at once"))
                .record(data.javaPid());
        return JavaMachine.started(java);
    }
}
