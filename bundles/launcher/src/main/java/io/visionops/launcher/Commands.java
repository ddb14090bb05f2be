package io.visionops.launcher;

import io.visionops.launcher.folder.DataFolder;
import io.visionops.launcher.folder.Program;
import io.visionops.launcher.platform.Detached;
import io.visionops.launcher.platform.Failure;
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

/**
 * {@code run}, {@code start}, {@code stop}, {@code restart} and what they leave in the background.
 */
final class Commands {

    private final Program program;
    private final DataFolder data;
    private final Map<String, String> environment;
    private final Self self;
    private final PrintStream out;
    private final PrintStream err;

    Commands(
            Program program,
            DataFolder data,
            Map<String, String> environment,
            Self self,
            PrintStream out,
            PrintStream err) {
        this.program = program;
        this.data = data;
        this.environment = environment;
        this.self = self;
        this.out = out;
        this.err = err;
    }

    /** In the foreground, until it is stopped. */
    int run(Arguments arguments) {
        Running running = new Running(data);
        if (running.java().isPresent() && running.launcher().isEmpty()) {
            out.println("runs already and was not watched: it is from now on");
            return watch();
        }
        Launch launch = prepare(arguments);
        new LaunchNotice(data, out).show(program, launch);
        StartLog log = new StartLog(data);
        Introduction introduction = new Introduction(new Serving(data, log, environment));
        int status = new Supervisor(launch, environment, err).run(log, introduction);
        if (introduction.failed) {
            return Failure.FAILED;
        }
        out.println("stopped");
        return status;
    }

    /** Tells when cameras are served; stops all when they are not. */
    private final class Introduction implements Supervisor.Beside {

        private final Serving serving;
        private volatile boolean failed;

        Introduction(Serving serving) {
            this.serving = serving;
        }

        @Override
        public void run(JavaMachine java, Runnable stop) {
            try {
                served(serving);
            } catch (Failure e) {
                if (java.isAlive() && !Thread.currentThread().isInterrupted()) {
                    failed = true;
                    err.println("visionops: " + e.getMessage());
                    stop.run();
                }
            }
        }
    }

    private void served(Serving serving) {
        out.println("cameras   " + serving.await());
        out.flush();
        serving.settle();
        Findings.of(new Running(data)).forEach(line -> out.println("          " + line));
    }

    /** In the background; returns when cameras are served. */
    int start(Arguments arguments) {
        Launch launch = prepare(arguments);
        new LaunchNotice(data, out).show(program, launch);
        StartLog log = new StartLog(data);
        Serving serving = new Serving(data, log, environment);
        Process background = background(launch);
        Running running = new Running(data);
        if (!Wait.until(
                Duration.ofSeconds(10),
                () -> running.java().isPresent() || !background.isAlive())) {
            throw new Failure("did not start: " + lastOf(data.log().resolve("launcher.log")));
        }
        if (running.java().isEmpty() && !background.isAlive()) {
            throw new Failure("did not start: " + lastOf(data.log().resolve("launcher.log")));
        }
        try {
            served(serving);
            return 0;
        } catch (Failure e) {
            new Shutdown(data, out).run();
            throw e;
        }
    }

    private Process background(Launch launch) {
        List<String> command = new ArrayList<>();
        Detached.prefix().ifPresent(setsid -> command.add(setsid.toString()));
        command.addAll(self.command());
        command.addAll(
                List.of(
                        "background",
                        "--data",
                        data.root().toString(),
                        "--http-port",
                        String.valueOf(launch.ports().http()),
                        "--ssh-port",
                        String.valueOf(launch.ports().ssh())));
        if (launch.detector() != null) {
            command.addAll(List.of("--detector", launch.detector()));
        }
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
                        .redirectErrorStream(true)
                        .redirectOutput(data.log().resolve("launcher.log").toFile());
        try {
            return builder.start();
        } catch (IOException e) {
            throw new Failure("did not start: " + DataFolder.reason(e));
        }
    }

    /** What {@code start} leaves in the background: its folder is prepared. */
    int background() {
        return new Supervisor(Launch.prepared(program, data), environment, err)
                .run(new StartLog(data), (java, stop) -> {});
    }

    /** What a Java machine starts that has lost its watchdog: takes over where that one left. */
    int watch() {
        return new Supervisor(Launch.takeOver(program, data), environment, err).takeOver();
    }

    int stop() {
        Running running = new Running(data);
        data.mayAsk();
        if (running.isGone()) {
            if (Files.isDirectory(data.run())) {
                new Decoders(data).end();
            }
            out.println("not running on " + data.root());
            return 0;
        }
        new Shutdown(data, out).run();
        out.println("stopped");
        return 0;
    }

    int restart(Arguments arguments) {
        Running running = new Running(data);
        Arguments again = arguments;
        if (!running.isGone()) {
            // What was not said stays as it is.
            Optional<Ports> ports = Ports.read(data.portsFile());
            again =
                    new Arguments(
                            "start",
                            List.of(),
                            arguments.data(),
                            arguments.httpPort() != null
                                    ? arguments.httpPort()
                                    : ports.map(Ports::http).orElse(null),
                            arguments.sshPort() != null
                                    ? arguments.sshPort()
                                    : ports.map(Ports::ssh).orElse(null),
                            arguments.detector() != null
                                    ? arguments.detector()
                                    : data.lastDetector());
            new Shutdown(data, out).run();
        }
        return start(again);
    }

    private Launch prepare(Arguments arguments) {
        try {
            return Launch.prepare(program, data, arguments, err);
        } catch (Failure e) {
            Launch.release(data);
            throw e;
        }
    }

    private static String lastOf(Path log) {
        try {
            List<String> lines = Files.readAllLines(log);
            return lines.isEmpty()
                    ? "see " + log
                    : lines.get(lines.size() - 1).replaceFirst("^visionops: ", "");
        } catch (IOException e) {
            return "see " + log;
        }
    }
}
