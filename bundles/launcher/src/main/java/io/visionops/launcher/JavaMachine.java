package io.visionops.launcher;

import io.visionops.launcher.folder.DataFolder;
import io.visionops.launcher.platform.ProcessIdentity;
import io.visionops.launcher.platform.Wait;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/** The Java machine that runs Karaf: started by this program, or found running. */
final class JavaMachine {

    /** Nobody tells the end of a process that another has started. */
    private static final Duration LOOK = Duration.ofMillis(200);

    private final ProcessHandle handle;

    /** Empty for one that was found. */
    private final Optional<Process> child;

    /** Empty for a child. */
    private final Optional<ProcessIdentity> identity;

    private final long since = System.nanoTime();

    private JavaMachine(
            ProcessHandle handle, Optional<Process> child, Optional<ProcessIdentity> identity) {
        this.handle = handle;
        this.child = child;
        this.identity = identity;
    }

    static JavaMachine started(Process process) {
        return new JavaMachine(process.toHandle(), Optional.of(process), Optional.empty());
    }

    /** One that another watchdog has started; its exit status is never known. */
    static Optional<JavaMachine> found(DataFolder data) {
        return ProcessIdentity.alive(data.javaPid())
                .flatMap(
                        one ->
                                ProcessHandle.of(one.pid())
                                        .map(
                                                handle ->
                                                        new JavaMachine(
                                                                handle,
                                                                Optional.empty(),
                                                                Optional.of(one))));
    }

    long pid() {
        return handle.pid();
    }

    /**
     * A found one is dead too when nobody has taken note of its end, as in a container whose first
     * process does not; Java's handle calls that alive.
     */
    boolean isAlive() {
        return identity.map(one -> ProcessIdentity.of(one.pid()).filter(one::equals).isPresent())
                .orElseGet(handle::isAlive);
    }

    /** Since it was started or found. */
    Duration ran() {
        return Duration.ofNanos(System.nanoTime() - since);
    }

    /** Waits for its end; false when it goes on. */
    boolean hasEndedWithin(Duration limit) {
        if (child.isEmpty()) {
            return Wait.until(limit, LOOK, () -> !isAlive());
        }
        try {
            return child.get().waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            // Nobody interrupts the thread that holds it.
            return !isAlive();
        }
    }

    /** Of one that has ended; empty when it is not known. */
    OptionalInt status() {
        return child.isPresent() ? OptionalInt.of(child.get().exitValue()) : OptionalInt.empty();
    }

    /** Asks it to end. */
    void stop() {
        handle.destroy();
    }

    void kill() {
        handle.destroyForcibly();
    }
}
