package io.visionops.launcher;

import io.visionops.launcher.channel.SocketAddresses;
import io.visionops.launcher.folder.DataFolder;
import io.visionops.launcher.platform.Folders;
import io.visionops.launcher.watchdog.Heartbeat;
import io.visionops.launcher.watchdog.HeartbeatServer;
import io.visionops.launcher.watchdog.ProgressJudge;
import io.visionops.launcher.watchdog.WatchdogSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Watches a Java machine from its start to its end: takes its heartbeats, and ends it when it makes
 * no progress. For one thread; heartbeats come by threads of their own.
 */
final class MachineWatch {

    /** A machine that hangs is given so long to end in order. */
    private static final Duration HUNG_STOP = Duration.ofSeconds(2);

    /** So long is waited for a killed one that the system has not let go of. */
    private static final Duration KILLED_STOP = Duration.ofSeconds(30);

    private static final Duration LOOK = Duration.ofMillis(500);

    private final DataFolder data;
    private final ProgressJudge judge;
    private final ShutdownRequests requests;
    private final Consumer<String> say;

    /**
     * @param say takes a line for whoever started the program
     */
    MachineWatch(
            DataFolder data,
            WatchdogSettings settings,
            ShutdownRequests requests,
            Consumer<String> say) {
        this.data = data;
        this.judge = new ProgressJudge(settings.hang(), settings.boot());
        this.requests = requests;
        this.say = say;
    }

    /** Takes heartbeats, of one machine after the other, until it is closed. */
    HeartbeatServer listen() throws IOException {
        Folders.tryRemove(data.heartbeatSocket());
        return SocketAddresses.use(
                data.heartbeatSocket(),
                address -> HeartbeatServer.listen(address, new Heartbeats()));
    }

    /** One was started, or found running. */
    void begin(JavaMachine machine) {
        judge.begin(System.nanoTime());
        requests.hold(machine);
    }

    /**
     * Waits for its end, or ends it when it makes no progress.
     *
     * @param eachLook run twice a second while nothing has asked it to end
     * @return why it was ended; empty when it ended otherwise
     */
    Optional<String> hold(JavaMachine machine, Runnable eachLook) {
        while (!machine.hasEndedWithin(LOOK)) {
            if (requests.isEnding()) {
                continue;
            }
            Optional<String> verdict = judge.verdict(System.nanoTime());
            if (verdict.isPresent()) {
                say.accept("Java " + verdict.get() + ": it is ended and started again");
                end(machine);
                return verdict;
            }
            eachLook.run();
        }
        return Optional.empty();
    }

    /** Of one that hangs: what its threads did is kept first. */
    private void end(JavaMachine machine) {
        new ThreadDump(data).of(machine.pid());
        machine.stop();
        if (!machine.hasEndedWithin(HUNG_STOP)) {
            machine.kill();
            machine.hasEndedWithin(KILLED_STOP);
        }
    }

    private final class Heartbeats implements HeartbeatServer.Listener {

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
            requests.restart(reason);
        }

        @Override
        public void safeMode(String reason) {
            requests.restartInSafeMode(reason);
        }

        /** The first heartbeat comes when the framework has started all that it should. */
        private void serve() {
            try {
                if (Files.notExists(data.served())) {
                    Files.writeString(data.served(), "");
                }
            } catch (IOException e) {
                // Then the next start makes the cache anew, which takes a second.
                return;
            }
        }
    }
}
