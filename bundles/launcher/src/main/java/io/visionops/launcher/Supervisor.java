package io.visionops.launcher;

import io.visionops.launcher.channel.Interrupts;
import io.visionops.launcher.folder.DataFolder;
import io.visionops.launcher.folder.FrameworkCache;
import io.visionops.launcher.generation.Generations;
import io.visionops.launcher.platform.Failure;
import io.visionops.launcher.platform.Folders;
import io.visionops.launcher.platform.ProcessIdentity;
import io.visionops.launcher.watchdog.CrashHistory;
import io.visionops.launcher.watchdog.Exit;
import io.visionops.launcher.watchdog.HeartbeatServer;
import io.visionops.launcher.watchdog.Restart;
import io.visionops.launcher.watchdog.RestartLog;
import io.visionops.launcher.watchdog.RestartPolicy;
import io.visionops.launcher.watchdog.WatchdogSettings;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * The watchdog: holds the Java machine, judges its heartbeats, starts it again when it crashes or
 * hangs, and ends it in order at SIGTERM and Ctrl-C.
 */
final class Supervisor {

    /** Whoever ends all processes at once, as systemd does, means this one too. */
    private static final Duration STOPPED_TOO = Duration.ofSeconds(2);

    /** A release that was started is confirmed by itself before, or never. */
    private static final Duration TRIAL = Duration.ofMinutes(5);

    /** Characters of a cause at most: it becomes an option of Java's. */
    private static final int CAUSE = 300;

    /** Safe mode is tried to be left after so long. */
    private static final Duration SAFE = RestartPolicy.WINDOW;

    private Launch launch;
    private final PrintStream err;
    private final Map<String, String> environment;
    private final RestartLog restarts;
    private final CrashHistory crashes;
    private final ShutdownRequests requests;
    private final MachineWatch watch;

    Supervisor(Launch launch, Map<String, String> environment, PrintStream err) {
        this.launch = launch;
        this.environment = environment;
        this.err = err;
        WatchdogSettings settings =
                WatchdogSettings.read(
                        launch.data().etc().resolve("io.visionops.watchdog.cfg"), this::say);
        requests = new ShutdownRequests(this::say);
        watch = new MachineWatch(launch.data(), settings, requests, this::say);
        restarts = new RestartLog(launch.data().restarts());
        crashes = new CrashHistory(restarts, new RestartPolicy(settings.crashesAnHour()));
    }

    /**
     * What goes on beside the first Java machine, in a thread of its own; ends when interrupted.
     */
    interface Beside {
        void run(JavaMachine java, Runnable stop);
    }

    /** {@link #run} for an instance whose watchdog was killed. */
    int takeOver() {
        if (JavaMachine.found(launch.data()).isEmpty()) {
            // It has ended since.
            tidy(false);
            launch = launch.prepareAgain(err);
        }
        return run(new StartLog(launch.data()), (machine, stop) -> {});
    }

    /**
     * Runs it until it is stopped.
     *
     * @param log where the log of this run begins
     * @return 0 when it was stopped in order
     * @throws Failure when it cannot be started, or ended with an error before it served anything
     */
    int run(StartLog log, Beside beside) {
        DataFolder data = launch.data();
        Optional<JavaMachine> found = JavaMachine.found(data);
        if (found.isEmpty()) {
            Folders.tryRemove(data.served());
        }
        Interrupts.handle(requests::stop, "TERM", "INT", "HUP");
        try (HeartbeatServer heartbeats = watch.listen()) {
            ProcessIdentity.of(ProcessHandle.current().pid())
                    .orElseThrow()
                    .record(data.launcherPid());
            Optional<String> safe = found.isPresent() ? Optional.empty() : crashes.tooMany();
            JavaMachine first = found.isPresent() ? adopt(found.get()) : start(safe, "");
            Thread side = new Thread(() -> beside.run(first, requests::stop), "visionops-beside");
            side.setDaemon(true);
            if (safe.isEmpty()) {
                side.start();
            }
            try {
                return supervise(first, safe, heartbeats, log);
            } finally {
                end(side);
            }
        } catch (IOException e) {
            throw new Failure("Java cannot be started: " + DataFolder.reason(e));
        } finally {
            Folders.tryRemove(data.heartbeatSocket());
            Folders.tryRemove(data.launcherPid());
        }
    }

    private int supervise(
            JavaMachine first, Optional<String> mode, HeartbeatServer heartbeats, StartLog log)
            throws IOException {
        JavaMachine current = first;
        StartLog run = log;
        Optional<String> safe = mode;
        boolean before = false;
        while (true) {
            JavaMachine held = current;
            boolean fewest = safe.isPresent();
            Optional<String> hung = watch.hold(held, () -> endOfTrialOrSafeMode(held, fewest));
            heartbeats.hangUp();
            int status = current.status().orElse(Exit.UNKNOWN);
            Optional<ShutdownRequests.Restart> planned = requests.takeRestart();
            Exit exit = exit(current, hung, planned, run);
            boolean served = Files.exists(launch.data().served());
            tidy(exit.ordered());
            record(exit.what(), exit.reason(), status, current.ran());
            if (exit.what() == Restart.What.STOPPED) {
                return 0;
            }
            boolean attended = !Launch.isBySystemd(environment);
            boolean trial = isTrialOver(exit);
            if (exit.what() == Restart.What.CRASHED && !(served || before || trial) && attended) {
                // Whoever starts it is told, and nothing is left behind.
                throw new Failure(exit.reason());
            }
            before = true;
            safe = trial ? Optional.empty() : next(exit, planned, safe);
            if (requests.isStopping()) {
                record(Restart.What.STOPPED, "before it was started again", -1, Duration.ZERO);
                return 0;
            }
            launch = launch.prepareAgain(err);
            run = new StartLog(launch.data());
            current = start(safe, exit.reason());
        }
    }

    /** A crash and a hang of a release on trial are its fault until somebody shows another. */
    private boolean isTrialOver(Exit exit) {
        boolean failed = exit.what() == Restart.What.CRASHED || exit.what() == Restart.What.HUNG;
        boolean trial = failed && generations().isTrying();
        if (trial) {
            generations().goBack(exit.reason());
            record(Restart.What.GONE_BACK, exit.reason(), -1, Duration.ZERO);
        }
        return trial;
    }

    private Generations generations() {
        return launch.generations(err);
    }

    /** Asks for a restart when a release was not confirmed, or safe mode has lasted long enough. */
    private void endOfTrialOrSafeMode(JavaMachine machine, boolean safe) {
        if (launch.generation().trial()
                && machine.ran().compareTo(TRIAL) > 0
                && generations().isTrying()) {
            String late = "it was not confirmed within " + TRIAL.toMinutes() + " minutes";
            generations().goBack(late);
            requests.restart("the release is gone back from: " + late);
        }
        if (safe && machine.ran().compareTo(SAFE) > 0) {
            requests.restart("safe mode is over after " + SAFE.toMinutes() + " minutes");
        }
    }

    private Exit exit(
            JavaMachine machine,
            Optional<String> hung,
            Optional<ShutdownRequests.Restart> planned,
            StartLog log) {
        Exit.Evidence evidence =
                new Exit.Evidence(
                        machine.status().orElse(Exit.UNKNOWN),
                        machine.ran(),
                        requests.isStopping(),
                        hung,
                        planned.map(ShutdownRequests.Restart::reason));
        return Exit.of(
                evidence,
                new Exit.Inquiry() {
                    @Override
                    public boolean isReleaseOnTrial() {
                        return generations().isTrying();
                    }

                    @Override
                    public boolean isWatchdogStoppedToo() {
                        return requests.isStoppedWithin(STOPPED_TOO);
                    }

                    @Override
                    public String logged(int status) {
                        return log.reason(status);
                    }
                });
    }

    /** Waits as long as it takes, and says in which mode it is started. */
    private Optional<String> next(
            Exit exit, Optional<ShutdownRequests.Restart> planned, Optional<String> safe) {
        if (exit.what() == Restart.What.PLANNED) {
            return planned.filter(ShutdownRequests.Restart::safe)
                    .map(ShutdownRequests.Restart::reason);
        }
        CrashHistory.Next next = crashes.after(exit.reason(), safe.isPresent());
        say(
                exit.reason()
                        + "; crash "
                        + next.crashes()
                        + " of this hour, started again in "
                        + next.delay().toSeconds()
                        + " s"
                        + (next.safe().isPresent() ? " in safe mode" : ""));
        requests.isStoppedWithin(next.delay());
        return next.safe();
    }

    private JavaMachine start(Optional<String> mode, String reason) throws IOException {
        Optional<String> safe =
                mode.map(cause -> cause.substring(0, Math.min(CAUSE, cause.length())));
        safe.ifPresent(cause -> say("safe mode, without cameras: " + cause));
        JavaMachine machine = launch.start(environment, safe);
        watch.begin(machine);
        record(
                safe.isPresent() ? Restart.What.SAFE_MODE : Restart.What.STARTED,
                safe.orElse(reason),
                -1,
                Duration.ZERO);
        return machine;
    }

    private JavaMachine adopt(JavaMachine machine) {
        watch.begin(machine);
        record(Restart.What.ADOPTED, "the watchdog came back", -1, Duration.ZERO);
        return machine;
    }

    private static void end(Thread side) {
        side.interrupt();
        try {
            side.join(2_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tidy(boolean ordered) {
        DataFolder data = launch.data();
        Folders.tryRemove(data.javaPid());
        new Decoders(data).end();
        // Orderly is: asked to stop or by its own shutdown command, and after the boot was
        // complete.
        if (Files.exists(data.served()) && ordered) {
            FrameworkCache.endedInOrder(data, launch.stamp());
        }
        Folders.tryRemove(data.served());
        Folders.tryRemove(data.portsFile());
    }

    private void record(Restart.What what, String reason, int status, Duration ran) {
        try {
            restarts.append(what, reason, status, ran);
        } catch (IOException e) {
            // To go on is worth more than to tell.
            say(launch.data().restarts() + " cannot be written: " + DataFolder.reason(e));
        }
    }

    private void say(String line) {
        err.println("visionops: " + line);
    }
}
