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
            Pattern.compile("\\s*(?:([\\w*-]+):)?([\\w-]+).*", Pattern.DOTALL);

    /** What may hold a second command, which has perhaps been run. */
    private static final Pattern SEVERAL = Pattern.compile("[;&\\n{}()`$]");

    private final Duration patience;

    AwaitedCommands(Duration patience) {
        this.patience = patience;
    }

    /** Waits until there are commands of VisionOps, if the line may mean one. */
    void await(Registry registry, String line) {
        Matcher name = NAME.matcher(line);
        boolean another = name.matches() && name.group(1) != null && !name.group(1).equals(SCOPE);
        if (another) {
            return;
        }
        long end = System.nanoTime() + patience.toNanos();
        while (!present(registry)) {
            if (System.nanoTime() - end >= 0 || Thread.currentThread().isInterrupted()) {
                return;
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    /**
     * Waits likewise, after a command could not begin since its bundle went just then.
     *
     * @return whether the line holds one command of VisionOps, which is there now
     */
    boolean mayRunAgain(Registry registry, String line) {
        Matcher name = NAME.matcher(line);
        if (!name.matches() || SEVERAL.matcher(line).find()) {
            return false;
        }
        await(registry, line);
        return registry.getCommands().stream()
                .anyMatch(
                        command ->
                                command.getScope().equals(SCOPE)
                                        && command.getName().equals(name.group(2)));
    }

    private static boolean present(Registry registry) {
        return registry.getCommands().stream()
                .anyMatch(command -> command.getScope().equals(SCOPE));
    }
}
