package io.visionops.processes.internal;

import io.visionops.api.child.ChildSpec;
import io.visionops.support.fault.MachineErrors;
import io.visionops.support.thread.DaemonThreads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts processes that the kernel kills when this one is gone, however it went: each is told with
 * {@code setpriv} of util-linux to ask for that ("parent death signal", prctl(2)) before it becomes
 * the program, and to take no privileges that it does not have, as by a program that runs as
 * another user. Thread-safe.
 *
 * <p>To the kernel the parent is the thread that started the process and not the program around it.
 * So one thread starts them all and lives as long as they do.
 */
final class Launcher implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Launcher.class);

    private static final List<String> PLACES = List.of("/usr/bin/setpriv", "/bin/setpriv");
    private static final Duration TRIAL = Duration.ofSeconds(5);

    /** A start takes milliseconds, unless the program lies on a disk that does not answer. */
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final List<String> prefix;
    private final Starter starter;
    private final Duration limit;
    private final ExecutorService thread = DaemonThreads.inOrder("visionops-processes-launch");

    /** The call of the operating system. */
    @FunctionalInterface
    interface Starter {
        Process start(ChildSpec spec, List<String> command) throws IOException;
    }

    private Launcher(List<String> prefix) {
        this(prefix, Launch::of, LIMIT);
    }

    Launcher(List<String> prefix, Starter starter, Duration limit) {
        this.prefix = prefix;
        this.starter = starter;
        this.limit = limit;
    }

    static Launcher ofThisMachine() {
        Optional<List<String>> prefix =
                PLACES.stream()
                        .filter(place -> Files.isExecutable(Path.of(place)))
                        .map(place -> List.of(place, "--no-new-privs", "--pdeathsig", "KILL", "--"))
                        .filter(Launcher::works)
                        .findFirst();
        if (prefix.isEmpty()) {
            LOG.warn(
                    "no setpriv with --pdeathsig (util-linux 2.33 or newer): should this program be"
                            + " killed, a child that is stopped or silent lives on until the next"
                            + " start; install util-linux");
        }
        return new Launcher(prefix.orElse(List.of()));
    }

    /** For machines without setpriv, and to try what such a machine does. */
    static Launcher withoutGuard() {
        return new Launcher(List.of());
    }

    /** That of BusyBox knows other options. */
    private static boolean works(List<String> prefix) {
        List<String> trial = new ArrayList<>(prefix);
        trial.add("/bin/true");
        try {
            Process process =
                    new ProcessBuilder(trial)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            if (process.waitFor(TRIAL.toMillis(), TimeUnit.MILLISECONDS)) {
                return process.exitValue() == 0;
            }
            process.destroyForcibly();
        } catch (IOException e) {
            LOG.debug("{} cannot be run", prefix.get(0), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    /** Whether children die with this process. */
    boolean guards() {
        return !prefix.isEmpty();
    }

    /**
     * @param megabytes of address space that it may have
     * @throws IOException naming the program and what to do, never its arguments
     */
    Process start(ChildSpec spec, int megabytes) throws IOException, InterruptedException {
        CompletableFuture<Process> started = new CompletableFuture<>();
        try {
            thread.execute(() -> launch(spec, megabytes, started));
        } catch (RejectedExecutionException e) {
            throw new IOException("child " + spec.name() + ": the process service is stopping", e);
        }
        try {
            return started.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException refused) {
                throw refused;
            }
            throw new IOException("child " + spec.name() + ": " + e.getCause(), e);
        } catch (TimeoutException e) {
            started.cancel(false);
            throw new IOException(
                    "child "
                            + spec.name()
                            + ": "
                            + spec.command().get(0)
                            + " does not start within "
                            + limit.toSeconds()
                            + " s; look at the disk that it lies on",
                    e);
        } catch (InterruptedException e) {
            started.cancel(false);
            throw e;
        }
    }

    /** What nobody waits for any more is not started, or is ended when it comes all the same. */
    private void launch(ChildSpec spec, int megabytes, CompletableFuture<Process> started) {
        if (started.isDone()) {
            return;
        }
        try {
            List<String> command = new ArrayList<>();
            if (isProgram(spec.command().get(0))) {
                command.addAll(prefix);
                command.addAll(Confinement.prefix(megabytes));
            }
            command.addAll(spec.command());
            Process process = starter.start(spec, command);
            if (!started.complete(process)) {
                process.destroyForcibly();
            }
        } catch (IOException | RuntimeException | Error e) {
            MachineErrors.endIf(e);
            started.completeExceptionally(e);
        }
    }

    /** What is no program is refused by the system itself, which says why. */
    private static boolean isProgram(String name) {
        if (name.contains("/")) {
            Path file = Path.of(name);
            return file.isAbsolute() && Files.isRegularFile(file) && Files.isExecutable(file);
        }
        String path = System.getenv("PATH");
        if (path != null) {
            for (String folder : path.split(":")) {
                if (!folder.isEmpty() && Files.isExecutable(Path.of(folder, name))) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Kills what it has started and still lives. */
    @Override
    public void close() {
        thread.shutdown();
    }
}
