package io.visionops.launcher;

import io.visionops.launcher.folder.Configuration;
import io.visionops.launcher.folder.DataFolder;
import io.visionops.launcher.folder.FirstAdmin;
import io.visionops.launcher.folder.FrameworkCache;
import io.visionops.launcher.folder.KeptConfiguration;
import io.visionops.launcher.folder.Program;
import io.visionops.launcher.generation.Generations;
import io.visionops.launcher.platform.Detached;
import io.visionops.launcher.platform.Failure;
import io.visionops.launcher.platform.Folders;
import io.visionops.launcher.platform.Java;
import io.visionops.launcher.platform.ProcessIdentity;
import io.visionops.launcher.platform.Wait;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Everything up to the Java machine: the data folder taken and filled, leftovers ended, the cache
 * made or kept.
 *
 * @param base the program as it was unpacked, of which this is the watchdog
 * @param generation of the program that is started
 * @param program that is started
 * @param stamp of the cache
 * @param password of the admin that was made, if one was
 */
record Launch(
        Program base,
        Generations.Choice generation,
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
    static Launch prepare(Program base, DataFolder data, Arguments arguments, PrintStream err) {
        Java.check();
        data.make(base);
        claim(data);
        Generations.Choice generation = generations(base, data, err).next();
        Program program = Program.in(generation.home());
        Ports ports = Ports.choose(arguments.httpPort(), arguments.sshPort());
        Optional<String> password = configure(program, data, err);
        new Decoders(data).end();
        String stamp = FrameworkCache.stamp(program);
        FrameworkCache.prepare(data, stamp);
        try {
            ports.write(data.portsFile());
            remember(data, generation, stamp);
            Folders.write(
                    data.run().resolve("detector"),
                    (arguments.detector() == null ? "" : arguments.detector()) + "\n");
        } catch (IOException e) {
            throw new Failure("the data folder cannot be written: " + DataFolder.reason(e));
        }
        return new Launch(
                base, generation, program, data, ports, arguments.detector(), stamp, password);
    }

    /** The password of the admin that was made, if one was. */
    private static Optional<String> configure(Program program, DataFolder data, PrintStream err) {
        KeptConfiguration kept = new KeptConfiguration(data);
        kept.mend().forEach(line -> err.println("visionops: " + line));
        Configuration.prepare(program, data);
        Optional<String> password = FirstAdmin.make(data);
        kept.keep().ifPresent(line -> err.println("visionops: " + line));
        return password;
    }

    private static Generations generations(Program base, DataFolder data, PrintStream err) {
        return new Generations(
                data.root().resolve("releases"),
                base.home(),
                base.version(),
                Folders::writeSynced,
                line -> err.println("visionops: " + line));
    }

    Generations generations(PrintStream err) {
        return generations(base, data, err);
    }

    /** For a watchdog that takes over, or goes on in the background. */
    private static void remember(DataFolder data, Generations.Choice generation, String stamp)
            throws IOException {
        // Bundles that were swapped in are part of the program that is started now.
        Folders.tryRemove(data.root().resolve("releases/live"));
        Folders.write(data.stamp(), stamp);
        Folders.write(
                data.generation(),
                generation.number()
                        + "\n"
                        + generation.home()
                        + "\n"
                        + (generation.trial() ? "trial" : "")
                        + "\n");
    }

    /**
     * What was prepared for this data folder.
     *
     * @throws Failure when nothing was
     */
    static Launch prepared(Program base, DataFolder data) {
        Ports ports =
                Ports.read(data.portsFile())
                        .orElseThrow(() -> new Failure("there is no " + data.portsFile()));
        Generations.Choice generation =
                data.lastGeneration().orElse(new Generations.Choice(0, base.home(), false));
        return new Launch(
                base,
                generation,
                Program.in(generation.home()),
                data,
                ports,
                data.lastDetector(),
                data.lastStamp(),
                Optional.empty());
    }

    /**
     * Takes over an instance whose watchdog was killed; what was prepared for it holds.
     *
     * @throws Failure when it has a watchdog, or does not run
     */
    static Launch takeOver(Program base, DataFolder data) {
        Running running = new Running(data);
        if (running.java().isEmpty()) {
            throw new Failure(Failure.NOT_RUNNING, "not running on " + data.root());
        }
        running.launcher()
                .ifPresent(
                        one -> {
                            throw new Failure("is watched already, by process " + one.pid());
                        });
        Launch launch = prepared(base, data);
        take(data);
        return launch;
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
     * @return of the generation that is due now
     * @throws Failure when that cannot be done
     */
    Launch prepareAgain(PrintStream err) {
        Generations.Choice next = generations(err).next();
        Program chosen = Program.in(next.home());
        configure(chosen, data, err);
        String fresh = FrameworkCache.stamp(chosen);
        FrameworkCache.prepare(data, fresh);
        try {
            ports.write(data.portsFile());
            remember(data, next, fresh);
        } catch (IOException e) {
            throw new Failure("the data folder cannot be written: " + DataFolder.reason(e));
        }
        return new Launch(base, next, chosen, data, ports, detector, fresh, password);
    }

    /**
     * Starts the Java machine, apart from this program's terminal where the system can do that.
     *
     * @param safe why only the fewest parts are started; empty when all are
     */
    JavaMachine start(Map<String, String> environment, Optional<String> safe) throws IOException {
        List<String> command =
                new ArrayList<>(
                        Karaf.command(
                                program,
                                data,
                                ports,
                                detector,
                                safe,
                                List.of(
                                        "-Dvisionops.program=" + base.home(),
                                        "-Dvisionops.generation=" + generation.number()),
                                environment.getOrDefault("VISIONOPS_JAVA_OPTS", "")));
        if (isBySystemd(environment)) {
            command.add(1, "-Dvisionops.systemd=true");
        }
        // Ctrl-C is for this program, which then stops the other in order.
        Detached.prefix().ifPresent(setsid -> command.add(0, setsid.toString()));
        // Its last words are of use after it is started again.
        Folders.keepAside(data.consoleLog(), data.log().resolve("console-before.log"));
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .directory(data.root().toFile())
                        .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
                        .redirectErrorStream(true)
                        .redirectOutput(data.consoleLog().toFile());
        Karaf.complete(builder.environment());
        Process java = builder.start();
        ProcessIdentity.of(java.pid())
                .orElseThrow(() -> new IOException("it ended at once"))
                .record(data.javaPid());
        return JavaMachine.started(java);
    }
}
