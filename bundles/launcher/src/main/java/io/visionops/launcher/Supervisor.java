package io.visionops.launcher;

import io.visionops.launcher.channel.Interrupts;
import io.visionops.launcher.channel.SocketAddresses;
import io.visionops.launcher.folder.DataFolder;
import io.visionops.launcher.folder.FrameworkCache;
import io.visionops.launcher.generation.Generations;
import io.visionops.launcher.platform.Failure;
import io.visionops.launcher.platform.Folders;
import io.visionops.launcher.platform.ProcessIdentity;
import io.visionops.launcher.watchdog.Boot;
import io.visionops.launcher.watchdog.Heartbeat;
import io.visionops.launcher.watchdog.HeartbeatServer;
import io.visionops.launcher.watchdog.ProgressJudge;
import io.visionops.launcher.watchdog.Restart;
import io.visionops.launcher.watchdog.RestartLog;
import io.visionops.launcher.watchdog.RestartPolicy;
import io.visionops.launcher.watchdog.WatchdogSettings;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The watchdog: holds the Java machine, judges its heartbeats, starts it again when it crashes or
 * hangs, and ends it in order at SIGTERM and Ctrl-C.
 */
final class Supervisor {

    /** Of a Java machine that SIGTERM ended. */
    private static final int TERMINATED = 143;

    /** Of one that SIGKILL ended. */
    private static final int KILLED = 137;

    /** Of one that wants to be started again: Karaf's own {@code system:reboot}. */
    private static final int AGAIN = 10;

    private static final Duration STOP = Duration.ofSeconds(30);

    /** A machine that hangs is given so long to end in order. */
    private static final Duration HUNG_STOP = Duration.ofSeconds(2);

    /** A release that was started is confirmed by itself before, or never. */
    private static final Duration TRIAL = Duration.ofMinutes(5);

    private static final Duration LOOK = Duration.ofMillis(500);

    /** Characters of a cause, at most. */
    private static final int CAUSE = 300;

    /** Safe mode is tried to be left after so long. */
    private static final Duration SAFE = RestartPolicy.WINDOW;

    private Launch launch;
    private final PrintStream err;
    private final Map<String, String> environment;
    private final WatchdogSettings settings;
    private final RestartPolicy policy;
    private final RestartLog restarts;
    private final ProgressJudge judge;

    /** Counted down when it is to end for good. */
    private final CountDownLatch stopping = new CountDownLatch(1);

    /** Why it is being ended to be started again; empty when it is not. */
    private volatile String planned = "";

    /** Of what is started again then, the fewest parts. */
    private volatile boolean plannedSafe;

    private volatile Optional<JavaMachine> java = Optional.empty();

    Supervisor(Launch launch, Map<String, String> environment, PrintStream err) {
        this.launch = launch;
        this.environment = environment;
        this.err = err;
        settings =
                WatchdogSettings.read(
                        launch.data().etc().resolve("io.visionops.watchdog.cfg"), this::say);
        policy = new RestartPolicy(settings.crashesAnHour());
        restarts = new RestartLog(launch.data().restarts());
        judge = new ProgressJudge(settings.hang(), settings.boot());
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
        Interrupts.handle(this::stop, "TERM", "INT", "HUP");
        try (HeartbeatServer heartbeats = listen()) {
            ProcessIdentity.of(ProcessHandle.current().pid())
                    .orElseThrow()
                    .record(data.launcherPid());
            Optional<String> safe = found.isPresent() ? Optional.empty() : crashedTooOften();
            JavaMachine first = found.isPresent() ? adopt(found.get()) : start(safe, "");
            Thread side = new Thread(() -> beside.run(first, this::stop), "visionops-beside");
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
            Optional<String> hung = hold(current, safe);
            heartbeats.hangUp();
            int status = current.status().orElse(-1);
            Ended ended = ended(current, hung, status, run);
            boolean served = Files.exists(launch.data().served());
            tidy(ended.ordered());
            record(ended.what(), ended.reason(), status, current.ran());
            if (ended.what() == Restart.What.STOPPED) {
                return 0;
            }
            boolean attended = !Launch.isBySystemd(environment);
            boolean trial = isTrialOver(ended);
            if (ended.what() == Restart.What.CRASHED && !(served || before || trial) && attended) {
                // Whoever starts it is told, and nothing is left behind.
                throw new Failure(ended.reason());
            }
            before = true;
            safe = trial ? Optional.empty() : again(ended, safe);
            if (stopping.getCount() == 0) {
                record(Restart.What.STOPPED, "before it was started again", -1, Duration.ZERO);
                return 0;
            }
            launch = launch.prepareAgain(err);
            run = new StartLog(launch.data());
            current = start(safe, ended.reason());
        }
    }

    /** A crash and a hang of a release on trial are its fault until somebody shows another. */
    private boolean isTrialOver(Ended ended) {
        boolean failed = ended.what() == Restart.What.CRASHED || ended.what() == Restart.What.HUNG;
        boolean trial = failed && generations().isTrying();
        if (trial) {
            generations().goBack(ended.reason());
            record(Restart.What.GONE_BACK, ended.reason(), -1, Duration.ZERO);
        }
        return trial;
    }

    private Generations generations() {
        return launch.generations(err);
    }

    /** Waits for its end, or ends it when it makes no progress; says why in that case. */
    private Optional<String> hold(JavaMachine machine, Optional<String> safe) {
        while (!machine.hasEndedWithin(LOOK)) {
            if (stopping.getCount() == 0 || !planned.isEmpty()) {
                continue;
            }
            Optional<String> verdict = judge.verdict(System.nanoTime());
            if (verdict.isPresent()) {
                say("Java " + verdict.get() + ": it is ended and started again");
                end(machine);
                return verdict;
            }
            if (launch.generation().trial()
                    && machine.ran().compareTo(TRIAL) > 0
                    && generations().isTrying()) {
                String late = "it was not confirmed within " + TRIAL.toMinutes() + " minutes";
                generations().goBack(late);
                restart("the release is gone back from: " + late);
            }
            if (safe.isPresent() && machine.ran().compareTo(SAFE) > 0) {
                restart("safe mode is over after " + SAFE.toMinutes() + " minutes");
            }
        }
        return Optional.empty();
    }

    /** Of one that hangs: what its threads did is kept first. */
    private void end(JavaMachine machine) {
        new ThreadDump(launch.data()).of(machine.pid());
        machine.stop();
        if (!machine.hasEndedWithin(HUNG_STOP)) {
            machine.kill();
            machine.hasEndedWithin(STOP);
        }
    }

    private record Ended(Restart.What what, String reason, boolean ordered) {}

    private Ended ended(JavaMachine machine, Optional<String> hung, int status, StartLog log) {
        boolean ordered = status == 0 || status == TERMINATED;
        String reason = planned;
        planned = "";
        if (stopping.getCount() == 0) {
            return new Ended(Restart.What.STOPPED, "asked to stop", ordered);
        }
        if (hung.isPresent()) {
            return new Ended(Restart.What.HUNG, hung.get(), false);
        }
        if (!reason.isEmpty()) {
            return new Ended(Restart.What.PLANNED, reason, ordered);
        }
        if (status == AGAIN) {
            return new Ended(Restart.What.PLANNED, "asked for in the shell", true);
        }
        // A release that ends the program is not a person who shuts it down.
        boolean shutDown = status == 0 && !generations().isTrying();
        if (shutDown || (status == TERMINATED && isStoppedToo())) {
            return new Ended(Restart.What.STOPPED, "it was shut down", true);
        }
        return new Ended(Restart.What.CRASHED, why(machine, status, log), false);
    }

    private static String why(JavaMachine machine, int status, StartLog log) {
        return switch (status) {
            case -1 -> "ended, " + machine.ran().toSeconds() + " s after it was found running";
            case 0 -> "shut itself down while a release was on trial";
            case TERMINATED -> "ended by a signal that nobody here has sent";
            case KILLED -> "was killed, by somebody or by the system for want of memory";
            default -> "ended with status " + status + ": " + log.reason(status);
        };
    }

    /** Whoever ends all processes at once, as systemd does, means this one too. */
    private boolean isStoppedToo() {
        try {
            return stopping.await(2, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** Waits as long as it takes, and says in which mode it is started. */
    private Optional<String> again(Ended ended, Optional<String> safe) {
        boolean asked = plannedSafe;
        plannedSafe = false;
        if (ended.what() == Restart.What.PLANNED) {
            return asked ? Optional.of(option(ended.reason())) : Optional.empty();
        }
        int crashes = RestartLog.crashes(restarts.entries(), Boot.now());
        RestartPolicy.Decision decision = policy.after(crashes, safe.isPresent());
        say(
                ended.reason()
                        + "; crash "
                        + crashes
                        + " of this hour, started again in "
                        + decision.delay().toSeconds()
                        + " s"
                        + (decision.safe() ? " in safe mode" : ""));
        try {
            stopping.await(decision.delay().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return decision.safe() ? Optional.of(cause(crashes, ended.reason())) : Optional.empty();
    }

    /** What another watchdog on this folder has seen before it went. */
    private Optional<String> crashedTooOften() {
        List<Restart> entries = restarts.entries();
        int crashes = RestartLog.crashes(entries, Boot.now());
        return crashes > policy.crashesAnHour()
                ? Optional.of(cause(crashes, RestartLog.lastCrash(entries).orElse("")))
                : Optional.empty();
    }

    private static String cause(int crashes, String last) {
        return option(crashes + " crashes within an hour, the last: " + last);
    }

    /** It becomes an option of Java's. */
    private static String option(String cause) {
        return cause.substring(0, Math.min(CAUSE, cause.length()));
    }

    private JavaMachine start(Optional<String> safe, String reason) throws IOException {
        safe.ifPresent(cause -> say("safe mode, without cameras: " + cause));
        JavaMachine machine = launch.start(environment, safe);
        take(machine);
        record(
                safe.isPresent() ? Restart.What.SAFE_MODE : Restart.What.STARTED,
                safe.orElse(reason),
                -1,
                Duration.ZERO);
        return machine;
    }

    private JavaMachine adopt(JavaMachine machine) {
        take(machine);
        record(Restart.What.ADOPTED, "the watchdog came back", -1, Duration.ZERO);
        return machine;
    }

    private void take(JavaMachine machine) {
        judge.begin(System.nanoTime());
        java = Optional.of(machine);
        if (stopping.getCount() == 0) {
            machine.stop();
        }
    }

    private HeartbeatServer listen() throws IOException {
        Folders.tryRemove(launch.data().heartbeatSocket());
        HeartbeatServer.Listener listener =
                new HeartbeatServer.Listener() {
                    @Override
                    public void beat(Heartbeat beat) {
                        judge.beat(beat, System.nanoTime());
                        serve();
                    }

                    @Override
                    public void pause(int seconds) {
                        judge.pause(Duration.ofSeconds(seconds), System.nanoTime());
                    }

                    @Override
                    public void restart(String reason) {
                        Supervisor.this.restart(reason);
                    }

                    @Override
                    public void safeMode(String reason) {
                        plannedSafe = true;
                        Supervisor.this.restart(reason);
                    }
                };
        return SocketAddresses.use(
                launch.data().heartbeatSocket(),
                address -> HeartbeatServer.listen(address, listener));
    }

    /** The first heartbeat comes when the framework has started all that it should. */
    private void serve() {
        try {
            if (Files.notExists(launch.data().served())) {
                Files.writeString(launch.data().served(), "");
            }
        } catch (IOException e) {
            // Then the next start makes the cache anew, which takes a second.
            return;
        }
    }

    /** Ends it in order, to be started again. */
    private synchronized void restart(String reason) {
        if (planned.isEmpty()) {
            planned = reason.isEmpty() ? "no reason was given" : reason;
            say("Java is started again: " + planned);
            java.ifPresent(this::stopInTime);
        }
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

    private void stop() {
        if (stopping.getCount() > 0) {
            stopping.countDown();
            java.ifPresent(this::stopInTime);
        }
    }

    /** Asks the Java machine to end, and makes it after 30 s. */
    private void stopInTime(JavaMachine machine) {
        machine.stop();
        Thread killer =
                new Thread(
                        () -> {
                            if (!machine.hasEndedWithin(STOP)) {
                                say("did not stop in 30 s and was killed");
                                machine.kill();
                            }
                        },
                        "visionops-stop");
        killer.setDaemon(true);
        killer.start();
    }
}
