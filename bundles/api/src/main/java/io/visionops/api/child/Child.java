package io.visionops.api.child;

import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.osgi.annotation.versioning.ProviderType;

/** A child process that the caller holds. Thread-safe. */
@ProviderType
public interface Child {

    String name();

    /** The process itself, for whoever must look at it from outside. */
    ProcessHandle process();

    /**
     * The arguments it was started with: what a claimer compares before it goes on with the child.
     */
    ChildSpec spec();

    boolean isAlive();

    /**
     * The child's standard output, unbuffered: nothing read ahead is lost when the holder detaches
     * between two frames. Reads block; they end when the child does.
     */
    InputStream output();

    /**
     * Bytes of {@link #output()} that were read so far, by all holders together: where the claimer
     * of a child whose last holder vanished in the middle of a frame finds the next one.
     */
    long position();

    /** The last 100 lines of standard error, secrets masked, oldest first. */
    List<String> errorLines();

    /**
     * The last line of standard error that ended with a carriage return alone, as programs tell how
     * far they are; secrets masked. It is none of {@link #errorLines()}.
     */
    Optional<String> progress();

    /**
     * Completes with the exit code once the child is gone and {@link #errorLines()} is complete.
     */
    CompletableFuture<Integer> exit();

    /**
     * Leaves the child running for whoever claims it within ten seconds. The caller no longer reads
     * from it.
     */
    void detach();

    /**
     * Ends the child and its descendants: TERM, then KILL to what is left after {@code grace}.
     * Returns at once; {@link #exit()} tells when it is done.
     */
    void end(Duration grace);
}
