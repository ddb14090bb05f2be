package io.visionops.launcher;

import io.visionops.launcher.folder.DataFolder;
import io.visionops.launcher.platform.ProcessIdentity;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The Java machine that runs Karaf: started by this program, or found running. */
final class JavaMachine {

    private final ProcessHandle handle;
    private final Optional<Process> child;
    private final CompletableFuture<ProcessHandle> end;
    private final long since = System.nanoTime();

    private JavaMachine(ProcessHandle handle, Optional<Process> child) {
        this.handle = handle;
        this.child = child;
        this.end = handle.onExit();
    }

    static JavaMachine started(Process process) {
        return new JavaMachine(process.toHandle(), Optional.of(process));
    }

    /** One that another watchdog has started; its exit status is never known. */
    static Optional<JavaMachine> found(DataFolder data) {
        return ProcessIdentity.alive(data.javaPid())
                .flatMap(one -> ProcessHandle.of(one.pid()))
                .map(handle -> new JavaMachine(handle, Optional.empty()));
    }

    long pid() {
        return handle.pid();
    }

    boolean isAlive() {
        return handle.isAlive();
    }

    /** Since it was started or found. */
    Duration ran() {
        return Duration.ofNanos(System.nanoTime() - since);
    }

    /** Waits for its end; false when it goes on. */
    boolean hasEndedWithin(Duration limit) {
        try {
            end.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException goesOn) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
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
