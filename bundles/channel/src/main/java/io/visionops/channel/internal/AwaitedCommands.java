package io.visionops.channel.internal;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.karaf.shell.api.console.Registry;

/**
 * Waits while the bundle with the commands of VisionOps is being replaced, so that a script that
 * calls meanwhile does not fail. Thread-safe.
 */
final class AwaitedCommands {

    private static final String SCOPE = "visionops";

    /** Karaf's shell tells nobody that a command has come: so it is asked this often. */
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private static final Pattern NAME =
            Pattern.compile("\\s*(?:([\\w*-]+):)?[\\w-]+.*", Pattern.DOTALL);

    private final Duration patience;

    AwaitedCommands(Duration patience) {
        this.patience = patience;
    }

    /**
     * Waits until there are commands of VisionOps, if the line may mean one.
     *
     * @return whether it had to wait and they came
     */
    boolean await(Registry registry, String line) {
        Matcher name = NAME.matcher(line);
        boolean another = name.matches() && name.group(1) != null && !name.group(1).equals(SCOPE);
        if (another || present(registry)) {
            return false;
        }
        long end = System.nanoTime() + patience.toNanos();
        while (!present(registry)) {
            if (System.nanoTime() - end >= 0 || Thread.currentThread().isInterrupted()) {
                return false;
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
        return true;
    }

    private static boolean present(Registry registry) {
        return registry.getCommands().stream()
                .anyMatch(command -> command.getScope().equals(SCOPE));
    }
}
